// Numbers for the symbolic sizes of a network: `sequence=128,batch=1`.
import type { Architecture, Dimension } from "../../archbert/graph/architecture";
import { ArchError } from "../../archbert/graph/errors";
import type { OptionSpec } from "./verb";

export const sizesOption = {
  kind: "text",
  summary: "numbers for symbolic sizes, NAME=N with commas between",
} as const satisfies OptionSpec;

/** What is counted of a network at the sizes given for its symbolic ones. */
interface Counted {
  /** Each of its symbolic sizes, with the number taken for it. */
  readonly assumed: Readonly<Record<string, number>>;
}

/**
 * Counts a network at the sizes that the text gives.
 *
 * @throws ArchError where the text is no sizes, or names one that the network has not
 */
export function withSizes<T extends Counted>(
  network: Architecture,
  text: string | undefined,
  count: (options: { sizes: Record<string, number> }) => T,
): T {
  const sizes = parseSizes(text);
  const counted = count({ sizes });
  const known = Object.keys(counted.assumed);
  for (const name of Object.keys(sizes)) {
    if (known.includes(name) || isInside(network, name)) continue;
    throw new ArchError(`the network has no symbolic size "${name}"`, {
      where: "sizes",
      fix:
        known.length > 0 ? `Its inputs have ${known.join(", ")}` : "The sizes of its inputs are all numbers",
    });
  }
  return counted;
}

/** Some files name sizes that no input has. */
function isInside({ nodes }: Architecture, name: string): boolean {
  const isIn = (dimension: Dimension) =>
    String(dimension)
      .split(/[^\p{L}\p{N}_.:]+/u)
      .includes(name);
  return nodes.some(({ outputs }) => outputs.some(({ shape }) => shape?.some(isIn)));
}

/** @throws ArchError where it is not NAME=NUMBER, with commas between */
function parseSizes(text: string | undefined): Record<string, number> {
  if (text === undefined) return {};
  const pairs = text.split(",").map((part) => {
    const [, name = "", digits = ""] = /^\s*(.+?)\s*=\s*(\d{1,9})\s*$/.exec(part) ?? [];
    if (name === "" || Number(digits) === 0) {
      throw new ArchError(`"${part.trim()}" is not NAME=NUMBER`, {
        where: "sizes",
        fix: "For instance: sequence=128,batch=1",
      });
    }
    return [name, Number(digits)] as const;
  });
  return Object.fromEntries(pairs);
}
