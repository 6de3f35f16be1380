// Arithmetic on sizes that may be symbolic: "12*batch", "(sequence+1)", "floor((height+3)/2)".
import type { Dimension, Shape } from "./architecture";

/** A size that is not known and has no name; nothing equals it, and arithmetic on it gives it again. */
export const unknown = "?";
const maxLength = 160;

/** Names that converters make up where a size has none: Paddle's "p2o.DynamicDimension.0", TensorFlow's "unk__7". */
const madeUp = /^(?:p2o\.DynamicDimension\.|unk__)(\d+)$/;

/** A name as it may stand in a symbolic size; other characters become "_". */
export function symbol(name: string): Dimension {
  const [, number] = madeUp.exec(name.trim()) ?? [];
  if (number !== undefined) return `size${number}`;
  const clean = name
    .trim()
    .replace(/[^\p{L}\p{N}_.:]/gu, "_")
    .slice(0, 60);
  if (clean === "") return unknown;
  return /^[\d.]/.test(clean) ? `_${clean}` : clean;
}

export function multiply(a: Dimension, b: Dimension): Dimension {
  if (typeof a === "number" && typeof b === "number") return a * b;
  if (a === 0 || b === 0) return 0;
  if (a === 1) return b;
  if (b === 1) return a;
  if (a === unknown || b === unknown) return unknown;
  const [x, y] = [factors(a), factors(b)];
  return fromFactors(x.scale * y.scale, [...x.names, ...y.names]);
}

export function plus(a: Dimension, b: Dimension): Dimension {
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (a === 0) return b;
  if (b === 0) return a;
  if (a === unknown || b === unknown) return unknown;
  if (a === b) return multiply(2, a);
  // (x+1)-1 and the like, which slices and paddings are full of.
  const { base: left, offset: p } = offsetOf(a);
  const { base: right, offset: q } = offsetOf(b);
  if (left !== null && right === null) return withOffset(left, p + q);
  if (left === null && right !== null) return withOffset(right, p + q);
  return short(`(${a}+${b})`);
}

export function minus(a: Dimension, b: Dimension): Dimension {
  if (typeof b === "number") return plus(a, -b);
  if (a === b && a !== unknown) return 0;
  if (a === unknown) return unknown;
  return short(`(${a}-${b})`);
}

/** Quotient rounded down, as integer division of shapes is. */
export function divide(a: Dimension, b: Dimension): Dimension {
  if (typeof a === "number" && typeof b === "number") return b === 0 ? unknown : Math.floor(a / b);
  if (b === 1) return a;
  if (a === unknown || b === unknown || b === 0) return unknown;
  if (a === b) return 1;
  const [x, y] = [factors(a), factors(b)];
  const names = [...x.names];
  for (const name of y.names) {
    const at = names.indexOf(name);
    if (at < 0) return short(`floor(${a}/${b})`);
    names.splice(at, 1);
  }
  if (x.scale % y.scale !== 0) return short(`floor(${a}/${b})`);
  return fromFactors(x.scale / y.scale, names);
}

export function product(dimensions: readonly Dimension[]): Dimension {
  return dimensions.reduce(multiply, 1);
}

/** The size with names replaced by numbers (1 where `sizes` has none); null where it is unknown. */
export function evaluate(dimension: Dimension, sizes: Readonly<Record<string, number>> = {}): number | null {
  if (typeof dimension === "number") return dimension;
  const parser = new Parser(dimension, sizes);
  return parser.all();
}

export function evaluateShape(shape: Shape, sizes: Readonly<Record<string, number>> = {}): number[] | null {
  if (shape === null) return null;
  const numbers: number[] = [];
  for (const dimension of shape) {
    const value = evaluate(dimension, sizes);
    if (value === null) return null;
    numbers.push(value);
  }
  return numbers;
}

/** The names a size is made of. */
export function names(dimension: Dimension): string[] {
  if (typeof dimension === "number") return [];
  return (dimension.match(/[\p{L}_][\p{L}\p{N}_.:]*/gu) ?? []).filter((name) => name !== "floor");
}

function short(text: string): Dimension {
  return text.length > maxLength ? unknown : text;
}

function factors(dimension: Dimension): { scale: number; names: string[] } {
  if (typeof dimension === "number") return { scale: dimension, names: [] };
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= dimension.length; i++) {
    const char = dimension[i];
    if (char === "(") depth++;
    if (char === ")") depth--;
    if (i === dimension.length || (char === "*" && depth === 0)) {
      parts.push(dimension.slice(start, i));
      start = i + 1;
    }
  }
  const scale = Number(parts[0]);
  return Number.isFinite(scale) ? { scale, names: parts.slice(1) } : { scale: 1, names: parts };
}

function fromFactors(scale: number, names: readonly string[]): Dimension {
  if (names.length === 0) return scale;
  const sorted = [...names].sort();
  return short((scale === 1 ? sorted : [String(scale), ...sorted]).join("*"));
}

/** "(x+3)" as x and 3; a number as no base and itself. */
function offsetOf(dimension: Dimension): { base: string | null; offset: number } {
  if (typeof dimension === "number") return { base: null, offset: dimension };
  const match = /^\((.+)([+-]\d+)\)$/.exec(dimension);
  if (!match?.[1] || !balanced(match[1])) return { base: dimension, offset: 0 };
  return { base: match[1], offset: Number(match[2]) };
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === "(") depth++;
    if (char === ")" && --depth < 0) return false;
  }
  return depth === 0;
}

function withOffset(base: string, offset: number): Dimension {
  return offset === 0 ? base : short(`(${base}${offset < 0 ? "" : "+"}${offset})`);
}

class Parser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly sizes: Readonly<Record<string, number>>,
  ) {}

  all(): number | null {
    const value = this.sum();
    return this.at === this.text.length && Number.isFinite(value) ? value : null;
  }

  private sum(): number {
    let value = this.term();
    for (;;) {
      if (this.eat("+")) value += this.term();
      else if (this.eat("-")) value -= this.term();
      else return value;
    }
  }

  private term(): number {
    let value = this.atom();
    for (;;) {
      if (this.eat("*")) value *= this.atom();
      else if (this.eat("/")) value /= this.atom();
      else return value;
    }
  }

  private atom(): number {
    if (this.eat("-")) return -this.atom();
    if (this.eat("floor(")) return Math.floor(this.closed());
    if (this.eat("(")) return this.closed();
    const rest = this.text.slice(this.at);
    const number = /^\d+(\.\d+)?/.exec(rest)?.[0];
    if (number) {
      this.at += number.length;
      return Number(number);
    }
    const name = /^[\p{L}_][\p{L}\p{N}_.:]*/u.exec(rest)?.[0];
    if (!name) return Number.NaN;
    this.at += name.length;
    return Object.hasOwn(this.sizes, name) ? (this.sizes[name] ?? Number.NaN) : 1;
  }

  private closed(): number {
    const value = this.sum();
    return this.eat(")") ? value : Number.NaN;
  }

  private eat(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
}
