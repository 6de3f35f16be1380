// Text as tokens with their places: words, numbers, the `x` between sizes, ends of lines. Comments are dropped.
import { newline } from "./grammar";

export interface Token {
  text: string;
  /** Both from 1, as editors count. */
  line: number;
  column: number;
  length: number;
}

/** Longer than any size could be written. */
const longestSize = 64;

/** Lazy, so that a mistake on the first line of a long text costs no more than that line; linear in any case. */
export function* tokens(text: string): Generator<Token, void, void> {
  let line = 1;
  let at = 0;
  while (at <= text.length) {
    const stop = lineStop(text, at);
    const whole = text.slice(at, stop);
    const cut = whole.indexOf("#");
    const content = cut < 0 ? whole : whole.slice(0, cut);
    let seen = 0;
    for (const found of content.matchAll(/[^\s\uFEFF]+/gu)) {
      for (const token of split(found[0])) {
        yield { text: token.text, line, column: found.index + token.at + 1, length: token.length };
        seen = found.index + found[0].length;
      }
    }
    if (stop === text.length) return;
    if (seen > 0) yield { text: newline, line, column: seen + 1, length: 1 };
    at = stop + (text.startsWith("\r\n", stop) ? 2 : 1);
    line++;
  }
}

function lineStop(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return text.length;
}

/** `8x8x1` is five tokens; anything else is one. */
function split(chunk: string): { text: string; at: number; length: number }[] {
  if (chunk.length > longestSize || !/^(?:[x×]?\d)+[x×]?$/.test(chunk)) {
    return [{ text: chunk === "×" ? "x" : chunk, at: 0, length: chunk.length }];
  }
  return [...chunk.matchAll(/\d+|[x×]/g)].map((part) => ({
    text: part[0] === "×" ? "x" : part[0],
    at: part.index,
    length: part[0].length,
  }));
}
