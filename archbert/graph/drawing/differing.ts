// What two plans have apart: boxes that stand in one and not, at that place of the order, in the other.
import type { Plan } from "./plan";

/**
 * Marks in both plans the boxes and frames that the other lacks.
 *
 * @returns how many were marked
 */
export function markDiffering(a: Plan, b: Plan): number {
  return markSome(inOrder(a), inOrder(b), boxText) + markSome(a.frames, b.frames, ({ label }) => label);
}

type Box = Plan["boxes"][number];

/** Inputs and outputs are told apart by their shapes: names are the file's affair. */
const boxText = ({ kind, lines }: Box) =>
  [kind, ...(kind === "input" && lines.length > 1 ? lines.slice(1) : lines)].join("\n");

const inOrder = ({ boxes }: Plan) => [...boxes].sort((x, y) => x.order - y.order);

function markSome<T extends { marked?: boolean }>(
  a: readonly T[],
  b: readonly T[],
  textOf: (item: T) => string,
): number {
  const common = commonPlaces(a.map(textOf), b.map(textOf));
  const [inA, inB] = [new Set(common.map(([i]) => i)), new Set(common.map(([, j]) => j))];
  const apart = [...a.filter((_, i) => !inA.has(i)), ...b.filter((_, j) => !inB.has(j))];
  for (const item of apart) item.marked = true;
  return apart.length;
}

/** The longest common subsequence, as pairs of places. */
function commonPlaces(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
