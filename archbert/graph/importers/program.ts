// Programs of the architecture language, as text files.
import type { Architecture } from "../architecture";
import { ImportError } from "../errors";
import { build, limits, ProgramError, parse } from "../language";
import type { Importer } from "./importer";

/** Lines that programs have and other texts do not: one of them tells. */
const tellingLine =
  /^[ \t]*(?:input[ \t]+\d|stage[ \t]+\d+[ \t]+[A-Za-z]|stem[ \t]+\w+[ \t]+\d|head[ \t]+(?:\d|none\b))/m;

export const program: Importer = {
  title: "programs of the architecture language",
  sniff: (head) => !head.includes(0) && tellingLine.test(new TextDecoder().decode(head)),
  read: async (source): Promise<Architecture> => {
    if (source.size > limits.characters) {
      throw new ImportError(`longer than ${limits.characters} bytes, which no program is`, {
        where: source.name,
      });
    }
    const text = new TextDecoder().decode(await source.read(0, source.size));
    try {
      const tree = parse(text);
      const architecture = build(tree);
      return tree.name === null ? { ...architecture, name: nameOf(source.name) } : architecture;
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      throw new ImportError(error.problem, { where: `${source.name}, ${error.where}`, fix: error.fix });
    }
  },
};

/** A program without a name is called as its file is. */
function nameOf(file: string): string {
  const base = file.split(/[\\/]/).at(-1) ?? "";
  return base.replace(/(?:\.(?:arch|txt|gz))+$/i, "") || "network";
}
