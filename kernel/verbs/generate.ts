// generate: programs of the architecture language from a sentence.
import { existsSync } from "node:fs";
import path from "node:path";
import type { Candidate, Generated } from "../../archbert";
import { ArchError } from "../../archbert/graph/errors";
import { checkFolder, makeFolder, writeWhole } from "../../compute/files";
import { printable } from "./output";
import { verb } from "./verb";

/** Files of one folder that are looked past for a free name. */
const mostFiles = 10_000;

export const generate = verb({
  name: "generate",
  summary: "writes programs of the architecture language that fulfil a wish",
  examples: [
    {
      words: '"a small residual network for 8x8x1 pictures, 10 classes, under 30k parameters"',
      does: "three",
    },
    { words: "depthwise convolutions, no dropout -n 5 --seed 7", does: "five, by another seed" },
    { words: '"a small transformer with 4 heads" -o nets', does: "also as .arch files in a folder" },
  ],
  args: { text: { kind: "sentence", summary: "what the network should be" } },
  options: {
    count: { kind: "number", short: "n", default: 3, summary: "programs to write" },
    seed: { kind: "number", default: 1, summary: "another number gives other programs" },
    out: { kind: "file", short: "o", summary: "the folder to write .arch files into" },
  },
  body: "text",
  async run({ text, count, seed, out }, { folder, signal, onEvent }): Promise<Written> {
    if (out !== undefined) checkFolder(path.resolve(folder, out), out);
    const archbert = await import("../../archbert/index.js");
    const generated = await archbert.generate(text, { count, seed, signal, onEvent });
    const files = out === undefined ? [] : writeAll(generated, path.resolve(folder, out), out);
    return Object.defineProperty(generated, "files", { value: files }) as Written;
  },
  toText: (written) =>
    [String(written), ...(written.files.length > 0 ? [`Written to ${written.files.join(", ")}`] : [])].join(
      "\n",
    ),
  toJson: (written) =>
    written.map(({ program, parameters, claims, source, likeness }: Candidate, i) => ({
      program,
      parameters,
      claims,
      source,
      likeness,
      file: written.files[i] ?? null,
    })),
  notes: ({ length, asked, notUnderstood }) => [
    ...notUnderstood.map((text) => `not understood, and so left out: "${text}"`),
    ...(length < asked ? [`only ${length} of ${asked} were found`] : []),
  ],
});

/** The programs, and the files that they were written to. */
export interface Written extends Generated {
  readonly files: readonly string[];
}

/** Writes each under a name that no file has yet. */
function writeAll(generated: Generated, folder: string, shown: string): string[] {
  makeFolder(folder, { where: shown });
  let number = 0;
  return generated.map(({ program }) => {
    let name: string;
    do {
      number++;
      if (number > mostFiles) throw new ArchError("the folder is full of networks", { where: shown });
      name = `network-${number}.arch`;
    } while (existsSync(path.join(folder, name)));
    writeWhole(path.join(folder, name), `# ${oneLine(generated.wish)}\n${program.trimEnd()}\n`);
    return path.join(shown, name);
  });
}

const oneLine = (text: string) => printable(text.replace(/\s+/g, " ").trim());
