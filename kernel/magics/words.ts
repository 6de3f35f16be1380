// The words after a magic's name: plain, "quoted", {TypeScript}, and where they end.
import type { Offset } from "../language";
import type { Syntax } from "./syntax";

export interface Word {
  start: Offset;
  end: Offset;
  /** As written. */
  text: string;
  /** For `--name=value`, the part before `=`. */
  option?: string;
  value: WordValue;
}

/** Spans are without quotes and braces. */
export interface WordValue {
  kind: "plain" | "quoted" | "code";
  start: Offset;
  end: Offset;
  text: string;
  /** The closing quote or brace is missing. */
  open?: boolean;
}

export interface Words {
  words: Word[];
  /** Where the magic ends: after its last word. */
  end: Offset;
  /** A question mark ends it: the user asks for help. */
  help: boolean;
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Reads words up to the line's end, a comment, or what belongs to the code around: `,` `;` or a bracket it opened. */
export function readWords(text: string, from: Offset, syntax: Syntax): Words {
  const words: Word[] = [];
  let at = from;
  let end = from;
  let help = text[from] === "?";
  if (help) return { words, end: text[from + 1] === "?" ? from + 2 : from + 1, help };
  for (;;) {
    while (text[at] === " " || text[at] === "\t") at++;
    if (stops(text, at)) break;
    if (text[at] === "?" && /^\?{1,2}[ \t]*(?:[\r\n;]|$)/.test(text.slice(at))) {
      end = text[at + 1] === "?" ? at + 2 : at + 1;
      help = true;
      break;
    }
    const word = readWord(text, at, syntax);
    if (word.end === at) break;
    at = end = word.end;
    words.push(word);
    if (word.value.kind === "plain" && word.value.text.endsWith("?")) {
      word.value.text = word.value.text.replace(/\?+$/, "");
      help = true;
      break;
    }
  }
  return { words, end, help };
}

function stops(text: string, at: Offset): boolean {
  const rest = text.slice(at, at + 2);
  const alone = /^[?:](?:\s|$)/.test(rest) && !/^\?\s*$/.test(restOfLine(text, at));
  return rest === "" || /^[\r\n\u2028\u2029,;)\]}]/.test(rest) || rest === "//" || rest === "/*" || alone;
}

function restOfLine(text: string, at: Offset): string {
  return /^[^\r\n;]*/.exec(text.slice(at))?.[0] ?? "";
}

function readWord(text: string, start: Offset, syntax: Syntax): Word {
  const named = /^(-{1,2}[A-Za-z][\w-]*)=/.exec(text.slice(start, start + 80));
  const value = readValue(text, start + (named?.[0].length ?? 0), syntax);
  const end = value.kind === "plain" || value.open ? value.end : value.end + 1;
  return { start, end, text: text.slice(start, end), option: named?.[1], value };
}

function readValue(text: string, start: Offset, syntax: Syntax): WordValue {
  const first = text[start];
  if (first === '"' || first === "'") {
    let end = start + 1;
    while (end < text.length && text[end] !== first && !/[\r\n]/.test(text[end] ?? "")) end++;
    const open = text[end] !== first;
    return { kind: "quoted", start: start + 1, end, text: text.slice(start + 1, end), open };
  }
  if (first === "{") {
    const { end, closed } = syntax.expressionEnd(text, start + 1, "}");
    return { kind: "code", start: start + 1, end, text: text.slice(start + 1, end), open: !closed };
  }
  const end = plainEnd(text, start);
  return { kind: "plain", start, end, text: text.slice(start, end) };
}

/** Brackets inside a word must close inside it: `resnet(1).onnx` is one word, `net)` ends before the bracket. */
function plainEnd(text: string, start: Offset): Offset {
  const open: string[] = [];
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if (/\s/.test(char)) break;
    if (open.length === 0 && /[,;)\]}]/.test(char)) break;
    const closer = closers[char];
    if (closer) open.push(closer);
    else if (char === open.at(-1)) open.pop();
  }
  return at;
}
