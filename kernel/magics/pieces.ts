// Text put together from copied and new pieces, with the maps of positions between the two.
import type { Offset } from "../language";

/** A cell as the compiler sees it. Both maps are monotone, and inverse to each other outside magics. */
export interface Rewritten {
  readonly source: string;
  /** Of an offset in `source`: where it is in the cell. */
  toOriginal(offset: Offset): Offset;
  /** Of an offset in the cell: where it is in `source`. */
  toRewritten(offset: Offset): Offset;
}

interface Piece {
  from: Offset;
  fromEnd: Offset;
  to: Offset;
  toEnd: Offset;
  copied: boolean;
}

/** Builds a text from left to right; spans of the original must be given in order. */
export class Pieces {
  private readonly pieces: Piece[] = [];
  private text = "";

  constructor(private readonly original: string) {}

  copy(from: Offset, end: Offset): void {
    if (end > from) this.push(this.original.slice(from, end), from, end, true);
  }

  /** New text that stands for the span `from` to `end` of the original. */
  make(text: string, from: Offset, end: Offset): void {
    if (text !== "" || end > from) this.push(text, from, end, false);
  }

  finish(): Rewritten {
    const { pieces, text, original } = this;
    const fromOriginal = pieces.filter((piece) => piece.fromEnd > piece.from);
    const fromText = pieces.filter((piece) => piece.toEnd > piece.to);
    return {
      source: text,
      toOriginal(offset) {
        const piece = fromText.findLast((each) => each.to <= offset);
        if (!piece) return 0;
        if (offset >= piece.toEnd) return offset >= text.length ? original.length : piece.fromEnd;
        return piece.copied ? piece.from + (offset - piece.to) : piece.from;
      },
      toRewritten(offset) {
        const index = fromOriginal.findLastIndex((each) => each.from <= offset);
        const piece = fromOriginal[index];
        if (!piece) return 0;
        if (offset >= piece.fromEnd) return piece.toEnd;
        if (piece.copied) return piece.to + (offset - piece.from);
        // Between copied text and new text, an offset belongs to the copied: there the user types.
        const before = fromOriginal[index - 1];
        return offset === piece.from && before?.copied ? before.toEnd : piece.to;
      },
    };
  }

  private push(text: string, from: Offset, fromEnd: Offset, copied: boolean): void {
    const to = this.text.length;
    this.text += text;
    this.pieces.push({ from, fromEnd, to, toEnd: this.text.length, copied });
  }
}

/** A cell without magics: what it says is what the compiler sees. */
export function unchanged(source: string): Rewritten {
  const clamp = (offset: Offset) => Math.max(0, Math.min(offset, source.length));
  return { source, toOriginal: clamp, toRewritten: clamp };
}
