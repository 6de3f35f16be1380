// The kinds of values that show themselves as more than text.
import { types } from "node:util";
import { type Caption, type Facts, isArchitecture } from "../../archbert/graph";
import type { Study, Why } from "../../automl";
import type { Trained } from "../../compute/trained";
import { imageType, largestImageBytes } from "./image";
import { isNumbers, isTensor, numbersText, tensorText } from "./numbers";
import { figureBundle, isFigure } from "./plotly";
import { base64 } from "./show";
import { type Row, tableBundle } from "./table";
import { textOf } from "./text";

type Content = Record<string, unknown>;

interface Kind {
  fits(value: object): boolean;
  /** MIME type to content, or `{ data, metadata }`; `text/plain` is added where it lacks. */
  show(value: object): Content | Promise<Content>;
}

function kind<T extends object>(
  fits: (value: object) => value is T,
  show: (value: T) => Content | Promise<Content>,
): Kind {
  return { fits, show: (value) => show(value as T) };
}

/** In the order in which they are tried. Add a kind: one line here. */
const kinds: Kind[] = [
  // Results of the API show themselves; their copies (from JSON, say) do not.
  kind(isArchitecture, async (architecture) => (await archbert()).showArchitecture(architecture)),
  kind(isFacts, async (facts) => (await archbert()).showFacts(facts)),
  kind(isCaption, async (caption) => (await archbert()).showCaption(caption)),
  kind(isStudy, async (study) => (await automl()).showStudy(study)),
  kind(isWhy, async (why) => (await automl()).showWhy(why)),
  kind(isTrained, async (trained) => (await training()).showTrained(trained)),
  kind(isImage, showImage),
  kind(isNumbers, (numbers) => ({ "text/plain": numbersText(numbers) })),
  kind(isFigure, async (figure) => ({ ...(await figureBundle(figure)) })),
  kind(isTensor, async (tensor) => ({ "text/plain": await tensorText(tensor) })),
  kind(isRows, (rows) => tableBundle(rows)),
  kind(isGrid, (rows) => ({
    ...tableBundle(rows.slice(0, mostRows).map(toRow), {}, rows.length),
    ...plain(rows),
  })),
  kind(isFullMap, (map) => ({ ...tableBundle(firstRows(map, toEntry), {}, map.size), ...plain(map) })),
  kind(isFullSet, (set) => ({
    ...tableBundle(
      firstRows(set, (value) => ({ value })),
      {},
      set.size,
    ),
    ...plain(set),
  })),
];

/** @returns `undefined` for what is shown as text only */
export function kindOf(value: object): Kind | undefined {
  // Whoever looks into a proxy runs its traps.
  if (types.isProxy(value)) return undefined;
  return kinds.find(({ fits }) => {
    try {
      return fits(value);
    } catch {
      return false; // a getter that throws
    }
  });
}

/** How many rows of a collection are looked at. */
const mostRows = 60;

const archbert = () => import("../../archbert/index.js");
const automl = () => import("../../automl/views/index.js");
const training = () => import("../verbs/training/view.js");

function isFacts(value: object): value is Facts {
  const { parameters, ops, motifs, stages, kernelSizes, inputs, outputs } = value as Partial<Facts>;
  const lists = [motifs, stages, kernelSizes, inputs, outputs];
  return (
    typeof parameters === "number" && typeof ops === "object" && ops !== null && lists.every(Array.isArray)
  );
}

function isCaption(value: object): value is Caption {
  const { text, claims } = value as Partial<Caption>;
  return (
    typeof text === "string" &&
    Array.isArray(claims) &&
    claims.every(
      (claim) => Array.isArray(claim?.nodes) && typeof claim.text === "string" && "verdict" in claim,
    )
  );
}

function isStudy(value: object): value is Study {
  const { prompt, claims, trials, why } = value as Partial<Study>;
  return (
    typeof prompt === "string" && Array.isArray(claims) && Array.isArray(trials) && typeof why === "function"
  );
}

function isWhy(value: object): value is Why {
  const { number, program, how, rankings, claims } = value as Partial<Why>;
  return (
    typeof number === "number" &&
    typeof program === "string" &&
    typeof how === "string" &&
    [rankings, claims].every(Array.isArray) &&
    "parentProgram" in value
  );
}

function isTrained(value: object): value is Trained {
  const { architecture, weights, history, metrics, options } = value as Partial<Trained>;
  const isObject = (part: unknown) => typeof part === "object" && part !== null;
  return (
    isObject(architecture) &&
    isArchitecture(architecture as object) &&
    [weights, history].every(Array.isArray) &&
    [metrics, options].every(isObject)
  );
}

function isImage(value: object): value is Uint8Array {
  return value instanceof Uint8Array && value.length <= largestImageBytes && imageType(value) !== undefined;
}

function showImage(bytes: Uint8Array): Content {
  const type = imageType(bytes) as string;
  const content = type === "image/svg+xml" ? new TextDecoder().decode(bytes) : base64(bytes);
  return { [type]: content, "text/plain": `<${type}, ${bytes.length} bytes>` };
}

function isRows(value: object): value is readonly Row[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const rows = value.slice(0, 100);
  return rows.every(isPlain) && rows.some((row) => Object.keys(row).length > 0);
}

function isPlain(value: unknown): value is Row {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Rows of single values, as of a matrix. */
function isGrid(value: object): value is readonly (readonly unknown[])[] {
  return (
    Array.isArray(value) &&
    value.length > 1 &&
    value
      .slice(0, 100)
      .every((row) => Array.isArray(row) && row.length > 0 && row.slice(0, 30).every(isSingle))
  );
}

function isFullMap(value: object): value is Map<unknown, unknown> {
  return value instanceof Map && value.size > 0;
}

function isFullSet(value: object): value is Set<unknown> {
  return value instanceof Set && value.size > 0;
}

const isSingle = (value: unknown) => typeof value !== "object" || value === null;
const toRow = (row: readonly unknown[]): Row => ({ ...row.slice(0, 100) });
const toEntry = ([key, value]: readonly [unknown, unknown]): Row => ({ key, value });
const plain = (value: unknown) => ({ "text/plain": textOf(value) });

function firstRows<T>(items: Iterable<T>, toRow: (item: T) => Row): Row[] {
  const rows: Row[] = [];
  for (const item of items) {
    if (rows.length === mostRows) break;
    rows.push(toRow(item));
  }
  return rows;
}
