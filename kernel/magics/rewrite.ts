// A cell with magics, rewritten into typed TypeScript on the same lines.
import { CompileError, type Diagnostic, type Offset } from "../language";
import type { Code, Problem } from "./bind";
import { literal } from "./bind";
import { type BodyCall, type Call, type Detector, detect, type HelpCall, type Magical } from "./detect";
import { createWriter, type Rewritten, unchanged, type Writer } from "./pieces";
import type { Syntax } from "./syntax";

/** The global that magics call, of type MagicRuntime. */
export const runtimeName = "archbertMagic";

export interface RewriteOptions {
  /** For a cell that is still being typed: a mistake in a magic is passed over, not thrown. */
  tolerant?: boolean;
}

/** Something to put where the cell is changed; edits at one position are made in the order of their rank. */
interface Edit {
  at: Offset;
  rank: number;
  apply(writer: Writer): void;
}

/** @throws CompileError with every mistake in the magics, unless `tolerant` */
export function rewriteCell(
  cell: string,
  detector: Detector,
  { tolerant = false }: RewriteOptions = {},
): Rewritten {
  const { calls, scratch } = detect(cell, detector);
  if (calls.length === 0) return unchanged(cell);
  const problems: Problem[] = calls.flatMap((call) => call.problems);
  const context: Context = { scratch, syntax: detector.syntax, problems, inside: 0 };
  const edits = calls.flatMap((call) => editsFor(call, context));
  if (problems.length > 0 && !tolerant)
    throw new CompileError(problems.map((problem) => diagnose(cell, problem)));
  edits.sort((a, b) => a.at - b.at || a.rank - b.rank);
  const writer = createWriter(cell);
  for (const edit of edits) {
    writer.copyTo(edit.at);
    edit.apply(writer);
  }
  writer.copyTo(cell.length);
  return writer.finish();
}

interface Context {
  scratch: string;
  syntax: Syntax;
  problems: Problem[];
  /** Up to here reaches the expression of a magic; a magic in it gives it a value. */
  inside: Offset;
}

function editsFor(call: Magical, context: Context): Edit[] {
  const { scratch, syntax, problems } = context;
  const isInside = call.start < context.inside;
  const name = call.name?.text ?? "";
  switch (call.kind) {
    case "cell": {
      const begin = {
        at: call.start,
        rank: 1,
        apply: (w: Writer) => w.put(`${runtimeName}.${name}.beginCell();`, call.end),
      };
      const last = syntax.lastStatement(scratch);
      if (!last) return [begin];
      const end = `await ${runtimeName}.${name}.endCell(`;
      if (!last.expression) return [begin, { at: last.end, rank: 1e9, apply: (w) => w.put(`; ${end});`) }];
      const [from, to] = last.expression;
      return [
        begin,
        { at: from, rank: 0, apply: (w) => w.put(end) },
        { at: to, rank: 1e9, apply: (w) => w.put(")") },
      ];
    }
    case "body":
      return [{ at: call.start, rank: 1, apply: (w) => writeBody(w, call) }];
    case "expression": {
      const exprEnd = syntax.expressionAt(scratch, call.end) ?? call.end;
      const { use: outer, synchronous } = syntax.surroundings(scratch, call.end, exprEnd);
      const use = isInside ? "value" : outer;
      context.inside = Math.max(context.inside, exprEnd);
      if (synchronous) problems.push(synchronousProblem(call));
      const [before, after] = around(use, isHidden(scratch, exprEnd));
      const begin = `${fence(call, use)}${before}${runtimeName}.${name}.end(${runtimeName}.${name}.begin(), `;
      return [
        { at: call.start, rank: 1, apply: (w) => w.put(begin, call.end) },
        { at: exprEnd, rank: -call.start, apply: (w) => w.put(`)${after}`) },
      ];
    }
    default: {
      const end = call.end - (call.terminate ? 1 : 0);
      const { use: outer, synchronous } = syntax.surroundings(scratch, call.start, end);
      const use = isInside ? "value" : outer;
      if (synchronous) problems.push(synchronousProblem(call));
      const [before, after] = around(use, isHidden(scratch, call.end));
      const apply = (w: Writer) => {
        w.put(fence(call, use) + before, call.start);
        writeCall(w, call);
        w.put(after + (call.terminate ? ";" : ""), call.end);
      };
      return [{ at: call.start, rank: 1, apply }];
    }
  }
}

/** What goes around a promise, so that its value is used, shown or hidden. */
function around(use: "value" | "statement" | "last", hidden: boolean): [string, string] {
  if (use === "value") return ["(await ", ")"];
  if (use === "last") return hidden ? ["void (await ", ")"] : ["await ", ""];
  return hidden ? ["await ", ""] : [`await ${runtimeName}.show(`, ")"];
}

/** Keeps a parenthesis at the beginning of a line from calling what stands on the line before. */
function fence({ afterOperand }: Magical, use: string): string {
  return afterOperand && use === "value" ? ";" : "";
}

function isHidden(scratch: string, end: Offset): boolean {
  return /^[ \t]*;/.test(scratch.slice(end));
}

function writeCall(writer: Writer, call: Call | HelpCall): void {
  if (call.kind === "help") {
    writer.put(`${runtimeName}.help(${literal(call.topic)})`, call.end);
    return;
  }
  const { verb, name, magic } = call;
  if (!verb || !name || !magic) {
    writer.put("(undefined as any)", call.end);
    return;
  }
  writer.put(`${runtimeName}.`);
  writer.take([name.start, name.end]);
  const first = call.words[0];
  if (call.named && first) {
    writer.put(".");
    writer.take([first.start, first.end]);
  } else if (magic.kind === "verbs") writer.put(`.${verb.name}`);
  writeProperties(writer, call);
  writer.put("})", call.end);
}

function writeProperties(writer: Writer, { properties }: Call | BodyCall): void {
  let separator = "({";
  for (const { name, start, values, list } of properties) {
    writer.put(`${separator}${name}: ${list ? "[" : ""}`, start);
    values.forEach((value, i) => {
      if (i > 0) writer.put(", ");
      writeValue(writer, value);
    });
    if (list) writer.put("]");
    separator = ", ";
  }
  if (properties.length === 0) writer.put(separator);
}

function writeValue(writer: Writer, value: Code): void {
  if ("copy" in value) writer.take(value.copy);
  else {
    writer.put("", value.start);
    writer.put(value.text, value.end);
  }
}

/** The cell below the first line, as a template literal, so that lines stay where they are. */
function writeBody(writer: Writer, call: BodyCall): void {
  const { declares } = call.verb;
  const property = call.properties.find(({ name }) => declares !== undefined && name === declares);
  const constant = property && writer.cell.slice(property.start, property.end);
  writer.put(constant === undefined ? "await " : `const ${constant} = await `, call.start);
  writer.put(`${runtimeName}.${call.name?.text}${call.magic?.kind === "verbs" ? `.${call.verb.name}` : ""}`);
  writeProperties(writer, call);
  const text = writer.cell.slice(call.end).replace(/[\\`]|\$(?=\{)/g, "\\$&");
  writer.put(`${call.properties.length > 0 ? ", " : ""}${call.verb.body}: \``, call.end);
  // Without the line break that ends the first line.
  const shown = constant === undefined ? "" : `; ${constant}`;
  writer.put(`${text}\`${text === "" ? "" : ".slice(1)"}})${shown}`, writer.cell.length);
}

function synchronousProblem({ start, end }: Magical): Problem {
  return { message: "A magic is awaited: make the function around it async.", start, end };
}

function diagnose(cell: string, { message, start, end }: Problem): Diagnostic {
  const lines = cell.slice(0, start).split(/\r\n|[\n\r]/);
  const column = lines.at(-1)?.length ?? 0;
  return {
    message,
    code: 0,
    severity: "error",
    line: lines.length - 1,
    column,
    length: Math.max(0, end - start),
  };
}
