// English into words and numbers: a number becomes a slot, which the model points at instead of spelling it.

/** A number or a size as it was written: 25.6 million, 3x3, third. */
export interface Slot {
  kind: "number" | "size" | "ordinal";
  values: readonly number[];
  /** Half a unit of the last digit written, for scaled and decimal numbers; 0 for those written in full. */
  tolerance: number;
}

export type Piece = { kind: "word"; text: string } | { kind: "slot"; slot: number };

export interface Lexed {
  pieces: readonly Piece[];
  slots: readonly Slot[];
}

const scales: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  k: 1e3,
  kilo: 1e3,
  m: 1e6,
  mil: 1e6,
  mio: 1e6,
  mln: 1e6,
  million: 1e6,
  millions: 1e6,
  mega: 1e6,
  b: 1e9,
  bn: 1e9,
  g: 1e9,
  billion: 1e9,
  giga: 1e9,
  t: 1e12,
  trillion: 1e12,
};

const small = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
  "seventeen eighteen nineteen"
).split(" ");
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const numberWords = new Map([
  ...small.map((word, value) => [word, value] as const),
  ...tens.map((word, i) => [word, 10 * (i + 2)] as const),
]);
const ordinals = new Map(
  "first second third fourth fifth sixth seventh eighth ninth tenth"
    .split(" ")
    .map((word, i) => [word, i + 1] as const),
);

const decimal = String.raw`(?:\d{1,3}(?:,\d{3})+(?!,?\d)|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?(?:e\d+)?|\.\d+)`;
/** Behind a space, "bn" is the scale of a cost, or else batch normalization. */
const scale = `(?:thousand|millions?|billion|trillion|mega|giga|kilo|mil|mio|mln|(?<! )bn|bn(?= (?:macs|flops|mult|mul|para|weight|trainable|learnable))|[kmbgt])`;
/** What may stand right behind the letter of a scale: 4 GMACs, 2 MB. */
const unit = `(?=(?:i?b(?:ytes?)?|macs?|flops?|params?|parameters|weights|mult-adds)?(?![a-z0-9]|[ -]?conv))`;
const patterns: readonly [string, RegExp][] = [
  ["size", /^(\d+)(?:(?:\s*[x×*]\s*|[\s-]by[\s-])(\d+))(?:(?:\s*[x×*]\s*|[\s-]by[\s-])(\d+))?(?![a-z0-9])/],
  ["scaled", new RegExp(`^(${decimal})\\s?-?(${scale})${unit}`)],
  ["ordinal", /^(\d+)(?:st|nd|rd|th)(?![a-z0-9])/],
  ["number", new RegExp(`^${decimal}`)],
  ["word", /^[a-zµ_][a-z0-9_]*(?:'[a-z]+)?/],
  ["mark", /^(?:<=|>=|!=|==|[<>=≤≥~≈+&?%#:;,.!()[\]/-])/],
];

/** Numbers in the text past this are words like any other. */
export const mostSlots = 12;

/** @param text any text; its case does not matter */
export function lex(text: string): Lexed {
  const pieces: Piece[] = [];
  const slots: Slot[] = [];
  const note = (slot: Slot) => {
    if (slots.length >= mostSlots) return pieces.push({ kind: "word", text: "#many" });
    slots.push(slot);
    return pieces.push({ kind: "slot", slot: slots.length - 1 });
  };
  let rest = text
    .normalize("NFKC")
    .replace(/[’‘`´]/g, "'")
    .replace(/[–—−]/g, "-")
    .toLowerCase();
  rest = rest.replace(/\s+/g, " ").trim();
  while (rest !== "") {
    if (rest.startsWith(" ")) {
      rest = rest.slice(1);
      continue;
    }
    const spelled = spelledNumber(rest);
    if (spelled) {
      note(spelled.slot);
      rest = rest.slice(spelled.length);
      continue;
    }
    const found = firstMatch(rest);
    if (!found) {
      rest = rest.slice(1);
      continue;
    }
    const [kind, match] = found;
    rest = rest.slice(match[0].length);
    if (kind === "word" || kind === "mark") pieces.push({ kind: "word", text: match[0] });
    else note(slotOf(kind, match));
  }
  return { pieces, slots };
}

function firstMatch(rest: string): [string, RegExpExecArray] | undefined {
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(rest);
    if (match) return [kind, match];
  }
  return undefined;
}

function slotOf(kind: string, match: RegExpExecArray): Slot {
  if (kind === "size") {
    return {
      kind: "size",
      values: match
        .slice(1)
        .filter((part) => part !== undefined)
        .map(Number),
      tolerance: 0,
    };
  }
  if (kind === "ordinal") return { kind: "ordinal", values: [Number(match[1])], tolerance: 0 };
  const written = (kind === "scaled" ? (match[1] as string) : match[0]).replace(/[, ]/g, "");
  const factor = kind === "scaled" ? (scales[match[2] as string] ?? 1) : 1;
  return {
    kind: "number",
    values: [clean(Number(written) * factor)],
    tolerance: toleranceOf(written, factor),
  };
}

function toleranceOf(written: string, factor: number): number {
  const [mantissa = "", exponent] = written.split("e");
  const scaled = factor * 10 ** Number(exponent ?? 0);
  const decimals = mantissa.split(".")[1]?.length ?? 0;
  return scaled === 1 && decimals === 0 ? 0 : clean(0.5 * scaled * 10 ** -decimals);
}

/** "two hundred thousand", "half a million", "third", "a dozen". */
function spelledNumber(rest: string): { slot: Slot; length: number } | undefined {
  const half =
    /^(half a|a quarter of a|a) (million|billion|thousand|dozen|hundred(?! (?:thousand|million|billion)))\b/.exec(
      rest,
    );
  if (half) {
    const factor = half[2] === "dozen" ? 12 : (scales[half[2] as string] as number);
    const part = half[1] === "a" ? 1 : half[1] === "half a" ? 0.5 : 0.25;
    const tolerance = factor < 1000 ? 0 : part === 1 ? factor / 2 : factor / 20;
    return { slot: { kind: "number", values: [factor * part], tolerance }, length: half[0].length };
  }
  if (/^a hundred /.test(rest)) {
    const one = spelledNumber(`one${rest.slice(1)}`);
    return one && { slot: one.slot, length: one.length - 2 };
  }
  const first = /^[a-z]+/.exec(rest)?.[0];
  if (!first) return undefined;
  const ordinal = ordinals.get(first);
  if (ordinal !== undefined)
    return { slot: { kind: "ordinal", values: [ordinal], tolerance: 0 }, length: first.length };
  if (!numberWords.has(first)) return undefined;
  let total = 0;
  let value = 0;
  let largest = 1;
  let length = 0;
  for (;;) {
    const word = /^[ -]?([a-z]+)/.exec(rest.slice(length));
    const name = word?.[1] ?? "";
    const plain = numberWords.get(name);
    // Behind a spelled number "bn" is batch normalization.
    const factor = name.length > 2 ? scales[name] : undefined;
    if (
      plain !== undefined &&
      (value === 0 || (value % 100 >= 20 && value % 10 === 0 && plain < 10 && plain > 0))
    ) {
      value += plain;
    } else if (factor === 100 && value > 0) value *= 100;
    else if (factor !== undefined && value > 0) {
      total += value * factor;
      value = 0;
      largest = Math.max(largest, factor);
    } else break;
    length += (word as RegExpExecArray)[0].length;
  }
  const tolerance = largest > 1 ? largest / 2 : 0;
  return { slot: { kind: "number", values: [total + value], tolerance }, length };
}

/** Without the dust of binary fractions: 25.6 million is 25,600,000. */
const clean = (value: number) => Number(value.toPrecision(12));
