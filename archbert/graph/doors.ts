// The room as users enter it: what a caller whose types nobody checked may give is refused first. Our own rooms enter through
// index.ts, and are trusted.
import {
  type Check,
  checkBytes,
  checkKnown,
  checkList,
  checkNetwork,
  checkOptions,
  checkOutline,
  checkProgram,
  checkRandom,
  checkString,
  checkTree,
  checkWhole,
  door,
  later,
  refused,
} from "./guard";
import * as graph from "./index";

export * from "./index";

const maybe =
  (check: Check): Check =>
  (value, where) =>
    value === undefined || check(value, where);

const text: Check = (value, where) => checkString(value, "text", where);

const claim: Check = (value, where) => {
  if (!graph.isClaim(value)) throw refused(value, "claim", where);
};

const claims: Check = (value, where) => checkList(value, "claims", where, claim);

const query: Check = (value, where) => {
  if (!graph.isQuery(value)) throw refused(value, "query", where);
};

const node: Check = (value, where) =>
  checkOutline(value, { op: "string", attributes: "object" }, where, "a node of a network");

const dimension: Check = (value, where) => {
  if (typeof value !== "number" && typeof value !== "string") throw refused(value, "dimension", where);
};

const shape: Check = (value, where) => {
  if (value === null) return;
  if (!Array.isArray(value)) throw refused(value, "shape", where, "Give a list of dimensions, or null");
  for (const one of value) dimension(one, where);
};

const options: Check = maybe(checkOptions);

const mutateOptions: Check = maybe((value, where) => {
  checkOptions(value, where);
  const given = value as graph.MutateOptions;
  if (given.steps !== undefined)
    checkWhole(given.steps, 1, Object.keys(graph.mutations).length, `${where} steps`);
  maybe(claims)(given.claims, `${where} claims`);
});

const mutationName: Check = (value, where) => {
  if (Object.hasOwn(graph.mutations, String(value))) return;
  throw refused(value, "mutation", where, `Choose one of ${Object.keys(graph.mutations).join(", ")}`);
};

const tokens: Check = (value, where) => {
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) text(value, where);
};

/**
 * The architecture in a file of any format known, told by its content. The source is borrowed, and read by position.
 *
 * @throws ArchError for what is no source; ImportError when no importer knows the file, or it is damaged
 */
export const importArchitecture = later("importArchitecture", graph.importArchitecture, (value, where) =>
  checkOutline(
    value,
    { name: "string", size: "number", read: "function" },
    where,
    "what bytesSource returns",
  ),
);

/** A source over bytes already in memory; they are borrowed, not copied. @throws ArchError for what are no bytes */
export const bytesSource = door("bytesSource", graph.bytesSource, text, checkBytes);

/** The network in its usual form: what exporters spread over many ops is one again. */
export const canonicalize = door("canonicalize", graph.canonicalize, checkNetwork);
/** Equal for one network under other names, in another order of nodes, out of another format. */
export const canonicalHash = door("canonicalHash", graph.canonicalHash, checkNetwork);
/** What each node holds and costs. */
export const costs = door("costs", graph.costs, checkNetwork, options);
/** Of several nodes together; null where one of them is not known. */
export const sumOfCosts = door("sumOfCosts", graph.sumOfCosts, (value, where) =>
  checkList(value, "costs of nodes", where, (one) =>
    checkOutline(one, { parameters: "number" }, where, "one of what costs returns"),
  ),
);
/** What claims are checked against. Costs nothing until something is asked. */
export const know = door("know", graph.know, checkNetwork);
/** Whether the claim holds, with the nodes that show it. */
export const check = door("check", graph.check, claim, checkKnown);
/** Whether all of them hold: false when one is refuted, else null when one cannot be checked. */
export const holds = door("holds", graph.holds, claims, checkKnown);
/** The answer to a query, with the nodes that show it; null where the network does not tell. */
export const answer = door("answer", graph.answer, query, checkKnown);
/** Two of the claims that cannot both hold; null where none contradict each other. */
export const contradiction = door("contradiction", graph.contradiction, claims);
/** Whether no program of the architecture language can meet the claim. @throws ArchError for what is no claim */
export const isBeyond = door("isBeyond", graph.isBeyond, claim);
/** The claim in its canonical words. */
export const claimText = door("claimText", graph.claimText, claim);
/** The query in its canonical words. */
export const queryText = door("queryText", graph.queryText, query);

/** Everything known about the network, computed from its graph alone. */
export const facts = door("facts", graph.facts, checkNetwork, options);
/** Two to five sentences about the network, and the claims they make, each with the nodes that prove it. */
export const caption = door("caption", graph.caption, checkNetwork, options);
/** The network as a picture, blocks that repeat drawn once. @throws ArchError for an option that cannot be */
export const draw = later("draw", graph.draw, checkNetwork, options);

/** The network that a program means. */
export const build = door("build", graph.build, checkTree);
/** The one text of a program's tree. @throws ArchError for a tree that no text means */
export const format = door("format", graph.format, checkTree);
/** The tree of a program. @throws ProgramError, with line and column, when the text is no program */
export const parse = door("parse", graph.parse, text);
/** What may follow in a program that begins so. */
export const nextTokens = door("nextTokens", graph.nextTokens, tokens);
/** The program in the form in which equal ones are equal texts. */
export const canonicalProgram = door("canonicalProgram", graph.canonicalProgram, checkTree);
/** The program with stages that go on as the one before written as one line. */
export const joinStages = door("joinStages", graph.joinStages, checkTree);
/** The program after random mutations, repaired where they broke a claim. @throws ArchError for what cannot be mutated */
export const mutate = door("mutate", graph.mutate, checkTree, checkRandom, mutateOptions);
/** The program after one mutation; null where it finds nothing to change. @throws ArchError for none of `mutations` */
export const applyMutation = door("applyMutation", graph.applyMutation, mutationName, checkTree, checkRandom);
/** The program with what does not fit in it made to fit; null where it cannot be. */
export const mend = door("mend", graph.mend, checkProgram);
/** A program for which every claim that can be checked holds. @throws ArchError for what cannot be repaired */
export const repair = door("repair", graph.repair, checkTree, claims, checkRandom, options);

// Words and numbers of networks, for pictures and tables of one's own.
export const accepts = door(
  "accepts",
  graph.accepts,
  (value, where) => checkOutline(value, { what: "string" }, where, "what nextTokens returns"),
  text,
);
export const drawFold = later("drawFold", graph.drawFold, checkNetwork, (value, where) =>
  checkOutline(value, { label: "string", nodes: "list" }, where, "a fold of a drawing"),
);
export const drawPair = later("drawPair", graph.drawPair, checkNetwork, checkNetwork, options);
export const escapeXml = door("escapeXml", graph.escapeXml, text);
export const evaluate = door("evaluate", graph.evaluate, dimension, options);
export const evaluateShape = door("evaluateShape", graph.evaluateShape, shape, options);
export const isDepthwise = door("isDepthwise", graph.isDepthwise, node);
export const isPointwise = door("isPointwise", graph.isPointwise, node);
export const labelOf = door("labelOf", graph.labelOf, node);
export const repeatsOf = door("repeatsOf", graph.repeatsOf, checkNetwork, (value, where) =>
  checkOutline(value, { stages: "list", motifs: "list" }, where, "what facts returns"),
);
export const repeatText = door("repeatText", graph.repeatText, (value, where) =>
  checkOutline(value, { kind: "string", count: "number" }, where, "what repeatsOf returns"),
);
export const shapeText = door("shapeText", graph.shapeText, shape);
export const wordsOf = door("wordsOf", graph.wordsOf, text);
