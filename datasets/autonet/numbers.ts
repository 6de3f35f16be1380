// Numbers as people write them, each meaning exactly one amount: a value and half a unit of its last digit.
import type { Amount, Rng } from "../../archbert/graph";

const units = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const tens: Readonly<Record<number, string>> = {
  20: "twenty",
  30: "thirty",
  40: "forty",
  50: "fifty",
  60: "sixty",
  80: "eighty",
  100: "a hundred",
  200: "two hundred",
  500: "five hundred",
};

const scales = [
  [1e3, ["k", "k", "K", " thousand", " k", " thousand"]],
  [1e6, ["M", "M", " million", " million", "m", " M", " mio", "mil"]],
  [1e9, ["B", "G", " billion", " G"]],
] as const;
const byteScales = [
  [1e3, [" kB", "kB", " KB", "KB", " kilobytes", " kb"]],
  [1e6, [" MB", "MB", " MB", " megabytes", "mb", " Mb"]],
  [1e9, [" GB", "GB", " gigabytes"]],
] as const;

export const exactly = (value: number): Amount => ({ value, tolerance: 0 });

/** The amount that stands for the value written with so many digits: 25,557,032 as 25.6 million. */
export function rounded(value: number, digits: number): Amount {
  if (value <= 0) return exactly(value);
  let unit = 10 ** (Math.floor(Math.log10(value)) - digits + 1);
  const near = Math.round(Math.round(value / unit) * unit);
  if (near < 1000 || unit < 10) return exactly(near);
  const scale = near >= 1e9 ? 1e9 : near >= 1e6 ? 1e6 : 1e3;
  // Zeros at the end are not written, and a number of thousands ends on thousands, whatever is round in it.
  while (unit < scale && near % (10 * unit) === 0) unit *= 10;
  unit = Math.min(unit, scale);
  return { value: near, tolerance: unit / 2 };
}

/** One of the ways to write it; all mean this amount and no other. */
export function written(
  { value, tolerance }: Amount,
  rng: Rng,
  { bytes = false, words = true } = {},
): string {
  if (tolerance === 0) return bytes ? `${inFull(value, rng)} bytes` : inFull(value, rng, words);
  const ways: string[] = [];
  for (const [scale, names] of bytes ? byteScales : scales) {
    const decimals = Math.log10(scale / (2 * tolerance));
    const share = value / scale;
    if (decimals < -1e-9 || decimals > 2.01 || share < 0.1 || share >= 10_000) continue;
    const digits = share.toFixed(Math.round(decimals));
    ways.push(...names.map((name) => `${digits}${name}`));
    if (!bytes && Math.round(decimals) === 0) {
      const word = share <= 12 ? units[share] : tens[share];
      const name = scale === 1e3 ? "thousand" : scale === 1e6 ? "million" : "billion";
      if (word && words) ways.push(`${word} ${name}`, ...(share === 1 ? [`a ${name}`] : []));
    }
  }
  if (!bytes && value === 5e5 && tolerance === 5e4) ways.push("half a million", "half a million");
  if (!bytes && rng.chance(0.04)) {
    const exponent = Math.floor(Math.log10(value) + 1e-9);
    const decimals = exponent - Math.round(Math.log10(2 * tolerance));
    if (decimals >= 0 && decimals <= 2) return `${(value / 10 ** exponent).toFixed(decimals)}e${exponent}`;
  }
  if (ways.length === 0) throw new Error(`internal: no way to write ${value} give or take ${tolerance}`);
  return rng.pick(ways);
}

function inFull(value: number, rng: Rng, words = true): string {
  if (words && Number.isInteger(value) && value >= 0 && value <= 12 && rng.chance(0.4))
    return units[value] ?? "";
  if (!Number.isInteger(value) || value < 10_000) {
    return value >= 1000 && rng.chance(0.3) ? grouped(value, ",") : String(value);
  }
  const way = rng.next();
  return way < 0.45 ? grouped(value, ",") : way < 0.85 ? String(value) : grouped(value, " ");
}

function grouped(value: number, separator: string): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, separator);
}

export function ordinal(n: number): string {
  return (
    ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"][n] ?? `${n}th`
  );
}

export function cardinal(n: number): string {
  return units[n] ?? String(n);
}

/** "32x32" in its ways. */
export function cross(sizes: readonly number[], rng: Rng): string {
  const way = rng.next();
  if (sizes.length === 2 && sizes.every((n) => n <= 12 && n > 0) && way < 0.06) {
    return sizes.map((n) => units[n]).join(way < 0.03 ? "-by-" : " by ");
  }
  return sizes.join(way < 0.62 ? "x" : way < 0.76 ? " x " : way < 0.86 ? "×" : way < 0.98 ? " by " : "*");
}

/** [3, 4, 6, 3] in its ways. */
export function series(values: readonly number[], rng: Rng): string {
  if (values.length === 1) return String(values[0]);
  const way = rng.next();
  if (way < 0.4) return `${values.slice(0, -1).join(", ")} and ${values.at(-1)}`;
  if (way < 0.55) return values.join("-");
  if (way < 0.7) return `[${values.join(", ")}]`;
  if (way < 0.78) return `(${values.join(",")})`;
  if (way < 0.84) return values.join("/");
  if (way < 0.9)
    return values
      .map(cardinal)
      .join(", ")
      .replace(/, ([^,]*)$/, " and $1");
  return values.join(", ");
}
