// Numbers for the symbolic sizes of a network: `sequence=128,batch=1`.
import { ArchError } from "../../archbert/graph/errors";
import type { OptionSpec } from "./verb";

export const sizesOption = {
  kind: "text",
  summary: "numbers for symbolic sizes, NAME=N with commas between",
} as const satisfies OptionSpec;

/** @throws ArchError where it is not NAME=NUMBER, with commas between */
export function parseSizes(text: string | undefined): Record<string, number> {
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
