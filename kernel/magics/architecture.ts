// %%architecture NAME: the cell is a program of the architecture language; NAME is the network it means.
import type { Architecture } from "../../archbert";
import { nextTokens, ProgramError, parse } from "../../archbert/graph/language";
import { type BodyLanguage, verb } from "../verbs/verb";
import type { CommandMagic, MagicContext } from "./magic";

const language: BodyLanguage = {
  mistake(text) {
    const error = mistakeIn(() => parse(text));
    if (!error) return undefined;
    const start = offsetOf(text, error.line, error.column);
    const message = error.fix === undefined ? error.problem : `${error.problem}. ${error.fix}`;
    return { message, start, end: start + error.length };
  },
  complete(before) {
    const start = before.length - (/[^\s#]*$/.exec(before)?.[0].length ?? 0);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (line.includes("#")) return { start, words: [] };
    const words: string[] = [];
    mistakeIn(() => words.push(...nextTokens(before.slice(0, start)).words));
    return { start, words };
  },
};

function mistakeIn(read: () => unknown): ProgramError | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ProgramError) return error;
    throw error;
  }
}

function offsetOf(text: string, line: number, column: number): number {
  const breaks = /\r\n|[\n\r]/g;
  for (let i = 1; i < line; i++) breaks.exec(text);
  return breaks.lastIndex + column - 1;
}

interface Input {
  name: string;
  program: string;
  draw?: boolean;
}

export const architecture = {
  kind: "command",
  name: "architecture",
  summary: "declares a network, written below it in the architecture language",
  command: verb({
    name: "architecture",
    summary: "declares a network, written below it in the architecture language",
    examples: [],
    args: {
      name: { kind: "text", summary: "the constant that holds the network" },
      program: { kind: "text", summary: "the lines of the cell: input, stem, stages, head" },
    },
    options: { draw: { kind: "flag", summary: "draws the network, too" } },
    body: "program",
    bodyLanguage: language,
    declares: "name",
    async run({ name, program, draw }: Input, { host }: MagicContext): Promise<Architecture> {
      const archbert = await import("../../archbert/index.js");
      const tree = archbert.parse(program);
      const network = archbert.build(tree);
      if (tree.name === null) network.name = name;
      if (draw) await host.display(await archbert.draw(network));
      return network;
    },
    toText: ({ name, nodes }) => `${name} (${nodes.length} nodes)`,
    toJson: (network) => network,
  }),
} satisfies CommandMagic;
