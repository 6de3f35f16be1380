// Numbers and lists in English, as practitioners write them.

/** 25557032 as "25.6 M", 4089184256 as "4.09 G": three digits that mean something. */
export function amount(value: number): string {
  for (const [unit, size] of [
    ["T", 1e12],
    ["G", 1e9],
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    // 999,950 would round to "1000 k".
    if (value >= size * 0.9995) return `${Number((value / size).toPrecision(3))} ${unit}`;
  }
  return String(value);
}

/** "a, b and c". */
export function list(items: readonly (string | number)[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${spelled(count)} ${count === 1 ? one : many}`;
}

/** Small numbers as words. */
export function spelled(count: number): string {
  const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
  return words[count] ?? count.toLocaleString("en-US");
}

/** "an" before a vowel sound, as far as names of networks go. */
export function article(next: string): string {
  // An acronym is spelled: "an SSD", but "a NASNet".
  if (/^[AEFHILMNORSX][A-Z]+(?![A-Za-z])|^Xc/.test(next)) return "an";
  return /^(an?\b|[aeio]|u(?!-net|ni)|MLP|LSTM|RNN|RMS|SE-|MnasNet)/i.test(next) &&
    !/^(one|MnasNet|uni)/i.test(next)
    ? "an"
    : "a";
}

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
