// archbert on the command line: each verb as a command, under the same names and options as its magic.
import type { Command, Option } from "commander";
import { ArchError } from "../../archbert/graph/errors";
import { version } from "../install/version";
import { automl } from "../magics/automl";
import { fallbackOf, namedVerbs, type VerbMagic } from "../magics/magic";
import { verbs } from "../verbs";
import { flagOf } from "../verbs/flags";
import { endOnClosedPipe, jsonText, printable } from "../verbs/output";
import { runVerb } from "../verbs/run";
import type { AnyVerb, ArgumentSpec, OptionSpec, ProgressEvent, Verb } from "../verbs/verb";
import { installVerb, uninstallVerb } from "./install";

/** `load` makes a variable, which a command line has not. */
const { load: _, ...shared } = verbs;

/** Add a command: a verb of its own file, one line here. */
export const commands: readonly AnyVerb[] = [...Object.values(shared), installVerb, uninstallVerb];

/** Add a command with commands below it: one line here. */
export const groups: readonly VerbMagic[] = [automl];

type Commander = typeof import("commander");

/** Runs one command line; the process ends by itself, with status 0, 1 (a user's error) or 2 (wrong usage). */
export async function main(words: readonly string[]): Promise<void> {
  endOnClosedPipe();
  const commander = await import("commander");
  try {
    await program(commander).parseAsync(words, { from: "user" });
  } catch (error) {
    process.exitCode = tell(error, commander);
  }
}

function program({ Command, Option }: Commander): Command {
  const all = new Command("archbert")
    .description(
      "Neural architectures in plain language: reads networks, says what they are, draws, compares, finds, writes and trains them.",
    )
    .version(version)
    // The options of a command are its own, also where the one above has some of the same name.
    .enablePositionalOptions()
    .helpCommand("help [command]", "show help on a command")
    .showHelpAfterError("Run archbert --help for help.")
    .exitOverride();
  all.addHelpText(
    "after",
    `
Examples:
  archbert caption model.onnx          what a network is, in a few sentences
  archbert facts model.onnx --json     what can be counted, for another program
  archbert draw model.onnx -o net.svg  a drawing
  archbert ask model.onnx "how deep?"  a question, answered from the graph
  archbert generate "a small network"  programs that fulfil a wish
  archbert train net.arch -o net.onnx  a network, trained and exported
  archbert automl "a small network"    a search for the best one, trained
  archbert install                     the kernel, for Jupyter and VS Code`,
  );
  for (const verb of commands) addCommand(all.command(verb.name), verb, `archbert ${verb.name}`, Option);
  for (const group of groups) addGroup(all, group, Option);
  return all;
}

/** A command whose first word may name one of the commands below it. */
function addGroup(all: Command, group: VerbMagic, OptionClass: typeof Option): void {
  const path = `archbert ${group.name}`;
  const command = all.command(group.name).enablePositionalOptions();
  for (const verb of Object.values(namedVerbs(group))) {
    addCommand(command.command(verb.name), verb, `${path} ${verb.name}`, OptionClass);
  }
  const fallback = fallbackOf(group);
  if (fallback) addCommand(command, fallback, path, OptionClass);
}

/** @param path how it is called */
function addCommand(command: Command, verb: AnyVerb, path: string, OptionClass: typeof Option): void {
  command
    .description(`${verb.summary.charAt(0).toUpperCase()}${verb.summary.slice(1)}.`)
    .summary(verb.summary)
    .showHelpAfterError(`Run ${path} --help for help.`);
  const names = Object.keys(verb.args);
  for (const [name, spec] of Object.entries(verb.args)) {
    const word = `${wordOf(name, spec, verb)}${spec.many || spec.kind === "sentence" ? "..." : ""}`;
    command.argument(spec.optional ? `[${word}]` : `<${word}>`, spec.summary);
  }
  for (const [name, spec] of Object.entries(verb.options)) command.addOption(option(name, spec, OptionClass));
  command.option("--json", "print one JSON document (see docs/cli.md)");
  if (verb.examples.length > 0) {
    const lines = verb.examples.map(({ words, does }) => `${`  ${path} ${words}`.padEnd(50)}  ${does}`);
    command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
  }
  command.action(async (...given: unknown[]) => {
    const options = command.opts<Record<string, unknown>>();
    const { json, ...rest } = options;
    const input = { ...rest, ...Object.fromEntries(names.map((name, i) => [name, given[i]])) };
    const abort = new AbortController();
    process.once("SIGINT", () => abort.abort(new Interrupted()));
    const progress = terminalProgress();
    let hint: string | undefined;
    try {
      const context = {
        folder: process.cwd(),
        signal: abort.signal,
        onEvent: progress.onEvent,
        hint: (text: string | undefined) => {
          hint = text;
        },
      };
      const result = await runVerb(verb, input, context);
      progress.done();
      const { toText, toJson, failed, notes } = verb as Verb;
      process.stdout.write(`${json ? jsonText(toJson(result)) : printable(toText(result))}\n`);
      if (json)
        for (const note of notes?.(result) ?? []) process.stderr.write(`archbert: ${printable(note)}\n`);
      if (failed?.(result)) process.exitCode = 1;
    } catch (error) {
      throw abort.signal.aborted ? new Interrupted(hint) : error;
    } finally {
      progress.done();
    }
  });
}

/** What usage calls an argument: a network is a file, unless there are several to tell apart. */
function wordOf(name: string, { kind }: ArgumentSpec, verb: AnyVerb): string {
  const files = Object.values(verb.args).filter((spec) => spec.kind === "network" || spec.kind === "source");
  if (kind === "places") return "files";
  return files.length === 1 && (kind === "network" || kind === "source") ? "file" : name;
}

function option(name: string, spec: OptionSpec, OptionClass: typeof Option): Option {
  const long = flagOf(name);
  const value =
    spec.kind === "flag" ? "" : ` <${spec.kind === "file" ? "file" : spec.kind === "number" ? "n" : name}>`;
  const made = new OptionClass(`${spec.short ? `-${spec.short}, ` : ""}${long}${value}`, spec.summary);
  if (spec.choices) made.choices([...spec.choices]);
  if (spec.default !== undefined) made.default(spec.default);
  if (spec.kind === "number") made.argParser(numberOr);
  return made;
}

/** What is no number stays text, for the error that shows it. */
function numberOr(text: string): number | string {
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}

class Interrupted extends Error {}

/** Says what is wrong in a few lines; returns the exit status. */
function tell(error: unknown, { CommanderError }: Commander): number {
  // Commander has said what is to be said.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) {
    if (error.message !== "") process.stderr.write(`archbert: stopped. ${printable(error.message)}\n`);
    return 130;
  }
  if (error instanceof ArchError) {
    process.stderr.write(`archbert: ${printable(error.message)}\n`);
    return 1;
  }
  const said =
    error instanceof Error ? (process.env.ARCHBERT_DEBUG ? error.stack : error.message) : String(error);
  process.stderr.write(`archbert: this is a bug in archbert: ${printable(String(said))}\n`);
  process.stderr.write("ARCHBERT_DEBUG=1 shows where.\n");
  return 1;
}

/** One line on a terminal's stderr; elsewhere the milestones alone, a line each. */
function terminalProgress(): { onEvent(event: ProgressEvent): void; done(): void } {
  const { stderr } = process;
  let shownMs = 0;
  let shown = false;
  return {
    onEvent({ message, done, total, milestone }) {
      if (milestone && !stderr.isTTY) stderr.write(`archbert: ${printable(message)}\n`);
      if (milestone || !stderr.isTTY) return;
      const now = performance.now();
      if (now - shownMs < 100) return;
      shownMs = now;
      shown = true;
      const part = done !== undefined && total ? ` ${Math.floor((100 * done) / total)} %` : "";
      stderr.write(`\r\u001b[K${printable(message)}${part}`);
    },
    done() {
      if (shown) stderr.write("\r\u001b[K");
      shown = false;
    },
  };
}
