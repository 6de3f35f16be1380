// search: the networks that a text describes best, by what of it is exactly so and then by likeness.
import path from "node:path";
import { openSource } from "../files";
import {
  ArchError,
  type Architecture,
  type CheckedClaim,
  importArchitecture,
  isArchitecture,
  know,
} from "../graph";
import { told } from "../graph/guard";
import { collect, isUrl, type Skipped } from "./collect";
import { type ArchBert, cosine, modelFor, type TaskOptions } from "./model";
import { checked, pause } from "./say";
import { checkText, claimsOf, type Sentence, understand } from "./understand";

/** Plain data. */
export interface Hit {
  /** Its file as found, or the network's own name. */
  name: string;
  /** Claims that hold and likeness, between 0 and 1; one claim more weighs more than any likeness. */
  score: number;
  /** What of the text is so, what is not, and how alike the two are. */
  reasons: string[];
  /** The text's claims, each checked. */
  claims: CheckedClaim[];
  /** Cosine of the learned embeddings, -1 to 1. */
  likeness: number;
  architecture: Architecture;
}

/** The best first. */
export interface Found extends Array<Hit> {
  /** Networks looked at. */
  readonly searched: number;
  /** Files passed over. */
  readonly skipped: readonly Skipped[];
  /** Sentences that say nothing which can be checked: they count by likeness alone. */
  readonly notUnderstood: readonly string[];
}

export interface SearchOptions extends TaskOptions {
  /** Results at most. */
  top?: number;
  /** File names are relative to it; the current folder if not given. */
  folder?: string;
}

/** A network, or where some are: a file, a folder, a pattern, a URL. */
export type Place = Architecture | string;

/** One place, or a list of places and of lists of them. */
export type Places = Place | readonly (Place | readonly Place[])[];

/**
 * The networks that fit a text best.
 *
 * @param text what they should be: "residual, under 5 million parameters"
 * @param places networks, files, folders (walked), patterns such as `models/*.onnx`: one, or a list; else the current
 *   folder
 * @returns the best first; files that cannot be read are named in `skipped`
 * @throws ArchError where no network is found, or for a text too long; the signal's reason when aborted
 */
export async function search(
  text: string,
  places: Places = [],
  { top = 10, folder = process.cwd(), ...options }: SearchOptions = {},
): Promise<Found> {
  const wanted = checkText(text, "search");
  if (!(Number.isInteger(top) && top >= 1)) {
    throw new ArchError(`${told(top)} is no number of results`, {
      where: "search top",
      fix: "Give 1 or more",
    });
  }
  const { names, networks } = placesOf(places);
  const { files, skipped } = collect(names, folder);
  const total = files.length + networks.length;
  const model = await modelFor(options);
  const judge = await judgeOf(model, wanted, options.signal);
  const found: Hit[] = [];
  let searched = 0;
  const keep = (hit: Hit) => {
    searched++;
    found.push(hit);
    found.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    if (found.length > top) found.length = top;
  };
  for (const [i, network] of networks.entries()) {
    options.onEvent?.({ message: "searching", done: i, total });
    await pause(options.signal);
    keep(await judge(network.name || `network ${i + 1}`, network));
  }
  for (const [i, file] of files.entries()) {
    options.onEvent?.({ message: `looking at ${file}`, done: networks.length + i, total });
    await pause(options.signal);
    const read = await readFile(file, folder, options.signal);
    if ("reason" in read) skipped.push(read);
    else keep(await judge(file, read));
  }
  if (searched === 0) {
    throw new ArchError(`there is no network to search${reasonsOf(skipped)}`, {
      where: "search",
      fix: 'Quote the text, and name files, folders or patterns after it: "a small network" models/',
    });
  }
  return Object.defineProperties(found as unknown as Found, {
    searched: { value: searched },
    skipped: { value: skipped },
    notUnderstood: { value: judge.notUnderstood },
  });
}

/** @throws ArchError for what is no place */
function placesOf(places: Places): { names: string[]; networks: Architecture[] } {
  const list: readonly unknown[] = Array.isArray(places) ? places.flat() : [places];
  const names: string[] = [];
  const networks: Architecture[] = [];
  for (const place of list) {
    if (typeof place === "string") names.push(place);
    else if (isArchitecture(place)) networks.push(place);
    else {
      throw new ArchError(`${told(place)} is no place to search`, {
        where: "search",
        fix: "Give networks, files, folders or patterns",
      });
    }
  }
  return list.length > 0 ? { names, networks } : { names: ["."], networks };
}

interface Judge {
  (name: string, architecture: Architecture): Promise<Hit>;
  notUnderstood: string[];
}

async function judgeOf(model: ArchBert, text: string, signal?: AbortSignal): Promise<Judge> {
  const read = await understand(model, text, signal);
  const claims = read.flatMap((sentence) => claimsOf(sentence) ?? []);
  const target = await model.embedText(text);
  const judge = async (name: string, architecture: Architecture): Promise<Hit> => {
    const known = know(architecture);
    const checks = claims.map((claim) => checked(claim, known));
    const likeness = cosine(await model.embed(known), target);
    const holding = checks.filter(({ verdict }) => verdict === "proved").length;
    return {
      name,
      score: (holding + (1 + likeness) / 2) / (checks.length + 1),
      reasons: [...checks.map(reasonOf), `likeness ${likeness.toFixed(2)}`],
      claims: checks,
      likeness,
      architecture,
    };
  };
  return Object.assign(judge, { notUnderstood: read.filter(isOpen).map((sentence) => sentence.text) });
}

const isOpen = (sentence: Sentence) => (claimsOf(sentence) ?? []).length === 0;

function reasonOf({ text, verdict }: CheckedClaim): string {
  if (verdict === "proved") return text;
  return verdict === "refuted" ? `not so: ${text}` : `not known: ${text}`;
}

async function readFile(file: string, folder: string, signal?: AbortSignal): Promise<Architecture | Skipped> {
  const full = isUrl(file) ? file : path.resolve(folder, file);
  try {
    const source = await openSource(full, { signal });
    try {
      return await importArchitecture(source);
    } finally {
      source.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof ArchError)) throw error;
    const { message } = error;
    return {
      name: file,
      reason: message.startsWith(full) ? message.slice(full.length).replace(/^[:,]\s*/, "") : message,
    };
  }
}

function reasonsOf(skipped: readonly Skipped[]): string {
  const [first] = skipped;
  if (!first) return "";
  const more = skipped.length > 1 ? `, and ${skipped.length - 1} more` : "";
  return ` (${first.name}: ${first.reason}${more})`;
}
