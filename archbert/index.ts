// The package: load a network, and ask what it is.

import type { LoadOptions } from "./files";
import { openSource } from "./files";
import type {
  Architecture,
  Caption,
  CaptionOptions,
  Drawing,
  DrawOptions,
  Facts,
  FactsOptions,
  PairDrawing,
  Program,
} from "./graph";
import * as graph from "./graph";
import { checkNetwork, checkOptions, checkString, checkTree } from "./graph/guard";
import type {
  Answered,
  Candidate,
  Comparison,
  Found,
  Generated,
  GenerateOptions,
  Places,
  Reasoning,
  SearchOptions,
  TaskOptions,
  Wish,
  WishOptions,
} from "./tasks";
import * as tasks from "./tasks";
import type { StageCosts, Summary, SummaryOptions } from "./views";
import * as views from "./views";

export {
  cosine,
  showAnswer,
  showArchitecture,
  showCandidate,
  showCaption,
  showComparison,
  showDrawing,
  showFacts,
  showFound,
  showGenerated,
  showOpenDrawing,
  showPairDrawing,
  showReasoning,
  showStageCosts,
  showSummary,
} from "./doors";
export type { LoadOptions } from "./files";
export * from "./graph/doors";
export {
  type Answered,
  type ArchBert,
  type Candidate,
  type Comparison,
  type Found,
  type Generated,
  type GenerateOptions,
  type Hit,
  modelFor,
  type Place,
  type Places,
  type Reasoning,
  type SearchOptions,
  type Skipped,
  type TaskEvent,
  type TaskOptions,
  useModel,
  type Wish,
  type WishOptions,
} from "./tasks";
export type {
  RowGroup,
  RowSpan,
  StageCost,
  StageCosts,
  Summary,
  SummaryOptions,
  SummaryRow,
} from "./views";

// What follows returns plain data that also shows itself: in a notebook as a card, a table or a picture, and as text
// through String(value).

/**
 * Reads the architecture of a network. Only its graph is read, never its weights: a file of gigabytes takes
 * milliseconds.
 *
 * @param fileOrUrl a path, relative to the current folder; or an http(s) URL, which is downloaded into memory
 * @returns plain data, owned by the caller; nothing stays open
 * @throws ImportError when there is no such file, it is no network, or it is damaged; the signal's reason when aborted
 */
export async function load(fileOrUrl: string, options: LoadOptions = {}): Promise<Architecture> {
  checkString(fileOrUrl, "file name or URL", "load");
  checkOptions(options, "load");
  const source = await openSource(fileOrUrl, options);
  try {
    return views.withDisplay(await graph.importArchitecture(source), views.showArchitecture);
  } finally {
    source.close();
  }
}

/**
 * The network that a program of the architecture language means.
 *
 * @param program its text, or its tree as `parse` gives it
 * @returns plain data, owned by the caller
 * @throws ProgramError, with line and column, when the text is no program
 */
export function build(program: string | Program): Architecture {
  if (typeof program !== "string") checkTree(program, "build");
  const tree = typeof program === "string" ? graph.parse(program) : program;
  return views.withDisplay(graph.build(tree), views.showArchitecture);
}

/**
 * The one text of a program's tree.
 *
 * @throws ArchError when it is no program's tree
 */
export function format(program: Program): string {
  checkTree(program, "format");
  return graph.format(program);
}

/**
 * Everything known about the network, computed from its graph alone.
 *
 * @param architecture borrowed, not changed
 * @returns plain data, owned by the caller
 */
export function facts(architecture: Architecture, options: FactsOptions = {}): Facts {
  checkNetwork(architecture, "facts");
  checkOptions(options, "facts");
  return views.withDisplay(graph.facts(architecture, options), views.showFacts);
}

/**
 * Two to five sentences about the network, and the claims they make, each with the nodes that prove it.
 *
 * @param architecture borrowed, not changed
 * @throws ArchError when the style is none of `captionStyles`
 */
export function caption(architecture: Architecture, options: CaptionOptions = {}): Caption {
  checkNetwork(architecture, "caption");
  checkOptions(options, "caption");
  return views.withDisplay(graph.caption(architecture, options), views.showCaption);
}

/**
 * The network layer by layer: what each op gives, holds and costs.
 *
 * @param architecture borrowed, not changed
 */
export function summary(architecture: Architecture, options: SummaryOptions = {}): Summary {
  checkNetwork(architecture, "summary");
  checkOptions(options, "summary");
  return views.withDisplay(views.summarize(architecture, options), views.showSummary);
}

/**
 * What each stage holds and costs; a chart of bars in a notebook.
 *
 * @param architecture borrowed, not changed
 */
export function cost(architecture: Architecture, options: SummaryOptions = {}): StageCosts {
  checkNetwork(architecture, "cost");
  checkOptions(options, "cost");
  return views.withDisplay(views.costsOfStages(architecture, options), views.showStageCosts);
}

/**
 * The network as a picture: blocks that repeat are drawn once, with their count, and open at a click in a notebook. Of
 * two networks, one beside the other: what one has and the other lacks has a red edge.
 *
 * @param architecture borrowed, not changed
 * @throws ArchError for an option that cannot be, or when `open` is asked of a network too large for it
 */
export function draw(architecture: Architecture, options?: DrawOptions): Promise<Drawing>;
export function draw(
  a: Architecture,
  b: Architecture,
  options?: Omit<DrawOptions, "facts">,
): Promise<PairDrawing>;
export async function draw(
  architecture: Architecture,
  second: Architecture | DrawOptions = {},
  pairOptions: DrawOptions = {},
): Promise<Drawing | PairDrawing> {
  checkNetwork(architecture, "draw");
  if (graph.isArchitecture(second)) {
    checkOptions(pairOptions, "draw");
    return views.withDisplay(await graph.drawPair(architecture, second, pairOptions), views.showPairDrawing);
  }
  checkOptions(second, "draw");
  const drawing = await graph.draw(architecture, second);
  return views.withDisplay(drawing, views.showDrawing, (shown) => views.showOpenDrawing(shown, architecture));
}

/**
 * Whether what a text says of a network is true: ArchBERT reads its claims, the graph proves or refutes them. What was
 * not understood, or cannot be checked, makes the verdict "unknown" where nothing is false.
 *
 * @param architecture borrowed, not changed
 * @param text a statement, or several: "It has residual connections and fewer than 30 million parameters."
 * @throws ArchError for an empty text or one of more than 2,000 letters; the signal's reason when aborted
 */
export async function reason(
  architecture: Architecture,
  text: string,
  options: TaskOptions = {},
): Promise<Reasoning> {
  checkNetwork(architecture, "reason");
  checkOptions(options, "reason");
  return views.withDisplay(await tasks.reason(architecture, text, options), views.showReasoning);
}

/**
 * The answer to a question about a network: ArchBERT reads the question, the graph gives the answer. "I cannot tell"
 * where it was not understood.
 *
 * @param architecture borrowed, not changed
 * @throws ArchError for an empty text, a long one, or several questions; the signal's reason when aborted
 */
export async function ask(
  architecture: Architecture,
  question: string,
  options: TaskOptions = {},
): Promise<Answered> {
  checkNetwork(architecture, "ask");
  checkOptions(options, "ask");
  return views.withDisplay(await tasks.ask(architecture, question, options), views.showAnswer);
}

/**
 * The networks that a text describes best: by what of it holds exactly, then by learned likeness.
 *
 * @param places networks, files, folders, patterns such as `models/*.onnx`: one, or a list; else the current folder
 * @returns a list, the best first; what could not be read is in its `skipped`
 * @throws ArchError where no network is found; the signal's reason when aborted
 */
export async function search(text: string, places: Places = [], options: SearchOptions = {}): Promise<Found> {
  checkOptions(options, "search");
  const found = await tasks.search(text, places, options);
  for (const { architecture } of found) views.withDisplay(architecture, views.showArchitecture);
  return views.withDisplay(found, views.showFound);
}

/**
 * How alike two networks are, whether one is a variant of the other, and in what they exactly differ.
 *
 * @param a borrowed, not changed
 * @param b borrowed, not changed
 * @throws the signal's reason when aborted
 */
export async function compare(
  a: Architecture,
  b: Architecture,
  options: TaskOptions = {},
): Promise<Comparison> {
  for (const network of [a, b]) checkNetwork(network, "compare");
  checkOptions(options, "compare");
  return views.withDisplay(await tasks.compare(a, b, options), views.showComparison);
}

/**
 * Programs of the architecture language that fulfil a wish: ArchBERT writes them, the graph checks them, and mutation
 * repairs those that are not yet right.
 *
 * @param text "a small residual network for 8x8x1 pictures, 10 classes, under 30k parameters"
 * @returns a list, the best first; each builds, and each claim of the wish that can be checked holds
 * @throws ArchError where the wish is not understood, contradicts itself, or nothing fulfils it
 */
export async function generate(text: string, options: GenerateOptions = {}): Promise<Generated> {
  checkOptions(options, "generate");
  const generated = await tasks.generate(text, options);
  for (const candidate of generated) {
    views.withDisplay<Candidate>(candidate, views.showCandidate);
    views.withDisplay(candidate.architecture, views.showArchitecture);
  }
  return views.withDisplay(generated, views.showGenerated);
}

/**
 * What a wish says, as `generate` begins with it: its claims, and what ArchBERT writes for it, unchecked.
 *
 * @throws ArchError for an empty text or one of more than 2,000 letters; the signal's reason when aborted
 */
export async function wish(text: string, options: WishOptions = {}): Promise<Wish> {
  checkOptions(options, "wish");
  return tasks.wish(text, options);
}
