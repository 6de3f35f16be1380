// Help on magics: the same words for `?`, for tooltips and for `%lsmagic`.

import { type Displayable, jupyterDisplay } from "../display/mime";
import type { Inspection } from "../language";
import { flagOf } from "../verbs/flags";
import { suggestion } from "../verbs/nearest";
import type { AnyVerb, OptionSpec } from "../verbs/verb";
import { fallbackOf, type Magic, type Magics, namedVerbs, type VerbMagic, verbPath } from "./magic";

/** Text that shows itself as Markdown where the front end can, and reads well where it cannot. */
export interface Help extends Inspection, Displayable {
  toString(): string;
}

/** @param signature the usage, in one line */
export function help(signature: string, documentation: string, fence: "text" | "typescript" = "text"): Help {
  const asText = () =>
    [signature, documentation.replaceAll("`", "")].filter((part) => part !== "").join("\n\n");
  const heading = signature === "" ? "" : `\`\`\`${fence}\n${signature}\n\`\`\`\n\n`;
  return {
    signature,
    documentation,
    [jupyterDisplay]: () => ({ "text/markdown": heading + documentation, "text/plain": asText() }),
    toString: asText,
  };
}

/** `%archbert caption NETWORK [--style short|long]` */
export function usage(path: string, verb: AnyVerb): string {
  const args = Object.entries(verb.args).map(([name, spec]) => {
    const word = `${name.toUpperCase()}${spec.many ? "…" : ""}`;
    return spec.optional ? `[${word}]` : word;
  });
  const options = Object.entries(verb.options).map(([name, spec]) => `[${optionUsage(name, spec)}]`);
  return [path, ...args, ...options].join(" ");
}

export function optionUsage(name: string, spec: OptionSpec): string {
  if (spec.kind === "flag") return flagOf(name);
  const value =
    spec.choices?.join("|") ?? { number: "N", file: "FILE" }[spec.kind as string] ?? name.toUpperCase();
  return `${flagOf(name)} ${value}`;
}

export function verbHelp(magic: Exclude<Magic, { kind: "expression" }>, verb: AnyVerb): Help {
  const path = verbPath(magic, verb);
  const args = Object.entries(verb.args).map(
    ([name, { summary }]) => `- \`${name.toUpperCase()}\`: ${summary}`,
  );
  const options = Object.entries(verb.options).map(([name, spec]) => {
    const fallback = spec.default === undefined ? "" : ` (default: ${spec.default})`;
    return `- \`${optionUsage(name, spec)}\`: ${spec.summary}${fallback}`;
  });
  const parts = [sentence(verb.summary), list([...args, ...options]), examples(path, verb.examples)];
  if (fallbackOf(magic) === verb && magic.kind === "verbs") parts.splice(2, 0, list(verbLines(magic)));
  return help(usage(path, verb), join(parts));
}

export function magicHelp(magic: Magic): Help {
  switch (magic.kind) {
    case "command":
      return verbHelp(magic, magic.command);
    case "expression": {
      const parts = [sentence(magic.summary), examples(`%${magic.name}`, magic.examples)];
      return help(`%${magic.name} EXPRESSION, or %%${magic.name} above a cell`, join(parts));
    }
    case "verbs": {
      const fallback = fallbackOf(magic);
      if (fallback) return verbHelp(magic, fallback);
      const verbs = verbLines(magic);
      const hint = `\`%${magic.name} ${Object.keys(magic.verbs)[0]}?\` says more about one.`;
      return help(
        `%${magic.name} ${Object.keys(magic.verbs).join("|")} …`,
        join([sentence(magic.summary), list(verbs), hint]),
      );
    }
  }
}

function verbLines(magic: VerbMagic): string[] {
  return Object.values(namedVerbs(magic)).map(
    (verb) => `- \`${usage(verbPath(magic, verb), verb)}\`: ${verb.summary}`,
  );
}

export function optionHelp(path: string, name: string, spec: OptionSpec): Help {
  const fallback = spec.default === undefined ? "" : ` Default: ${spec.default}.`;
  return help(`${path} ${optionUsage(name, spec)}`, `${sentence(spec.summary)}${fallback}`);
}

/** @param topic `%archbert`, `%archbert caption` */
export function magicTopic(magics: Magics, topic: string): Help {
  const [word = "", second] = topic.replace(/^%+/, "").split(" ");
  const magic = Object.hasOwn(magics, word) ? magics[word] : undefined;
  if (!magic) return help("", `There is no magic %${word}.${suggestion(word, Object.keys(magics), "%")}`);
  if (magic.kind !== "verbs" || !second) return magicHelp(magic);
  const verbs = namedVerbs(magic);
  const verb = Object.hasOwn(verbs, second) ? verbs[second] : undefined;
  if (verb) return verbHelp(magic, verb);
  if (fallbackOf(magic)) return magicHelp(magic);
  const names = Object.keys(verbs);
  return help("", `%${magic.name} has no "${second}".${suggestion(second, names, `%${magic.name} `)}`);
}

export function overview(magics: Magics): Help {
  const lines = Object.values(magics).map((magic) => `- \`%${magic.name}\`: ${magic.summary}`);
  const how = [
    "A magic stands on a line of its own (`%archbert caption net`) or where a value can stand",
    "(`const net = %archbert load model.onnx`); a `;` after it hides what it returns. `{…}` is TypeScript.",
    "`?` after a name shows help: `%archbert?`, `%archbert caption?`, and `net?` for any name of yours.",
  ].join("\n");
  return help("", join([list(lines), how]));
}

export function asInspection({ signature, documentation }: Help): Inspection {
  return { signature, documentation };
}

/** Summaries are written as parts of a list; alone, one is a sentence. */
function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

function examples(path: string, all: AnyVerb["examples"]): string {
  if (all.length === 0) return "";
  return `Examples:\n\n${list(all.map(({ words, does }) => `- \`${path}${words === "" ? "" : ` ${words}`}\`: ${does}`))}`;
}

function list(lines: readonly string[]): string {
  return lines.join("\n");
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
