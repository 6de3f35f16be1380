// %compiler: how strictly cells are checked, and TypeScript's other options.
import { ArchError } from "../../archbert/graph/errors";
import { verb } from "../verbs/verb";
import type { CommandMagic, MagicContext } from "./magic";

export const compiler = {
  kind: "command",
  name: "compiler",
  summary: "shows or sets TypeScript's compiler options for the cells that follow",
  command: verb({
    name: "compiler",
    summary: "shows or sets TypeScript's compiler options for the cells that follow",
    examples: [
      { words: "", does: "shows all options that are set" },
      { words: "strict true", does: "checks the next cells strictly" },
    ],
    args: {
      option: {
        kind: "text",
        summary: "an option under tsconfig's name",
        optional: true,
        choices: [
          "strict",
          "noImplicitAny",
          "strictNullChecks",
          "noUncheckedIndexedAccess",
          "exactOptionalPropertyTypes",
        ],
      },
      value: { kind: "text", summary: "its value", optional: true, choices: ["true", "false"] },
    },
    options: {},
    run(
      { option, value }: { option?: string; value?: string },
      { host }: MagicContext,
    ): Readonly<Record<string, unknown>> {
      const { language } = host;
      if (option === undefined) return language.compilerOptions();
      if (value !== undefined) language.setCompilerOptions({ [option]: parse(value) });
      const all = language.compilerOptions();
      if (value === undefined && !Object.hasOwn(all, option)) {
        throw new ArchError(`${option} is not set`, {
          where: "%compiler",
          fix: "%compiler alone shows what is",
        });
      }
      return { [option]: all[option] };
    },
    toText: (options) => JSON.stringify(options, undefined, 2),
    toJson: (options) => options,
  }),
} satisfies CommandMagic;

/** `true`, `3`, `["a"]` as JSON; any other word as it is. */
function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON: a word such as ES2023.
    return value;
  }
}
