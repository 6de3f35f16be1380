// Positions: Jupyter counts code points, JavaScript UTF-16 code units.

/** @returns the UTF-16 offset of a code point; at most the text's length */
export function toOffset(text: string, codePoints: number): number {
  let offset = 0;
  for (let i = 0; i < codePoints && offset < text.length; i++) {
    offset += (text.codePointAt(offset) as number) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** @returns how many code points stand before a UTF-16 offset */
export function toCodePoints(text: string, offset: number): number {
  let codePoints = 0;
  for (let i = 0; i < offset && i < text.length; codePoints++) {
    i += (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
  }
  return codePoints;
}
