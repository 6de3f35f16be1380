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

/** Writes the rewritten cell from left to right, so that pieces cover the cell without a gap. */
export interface Writer {
  readonly cell: string;
  /** Copies the cell up to `end`. */
  copyTo(end: Offset): void;
  /** New text for the cell up to `end`; line breaks that it lacks are kept, so that lines stay where they are. */
  put(text: string, end?: Offset): void;
  /** Copies a span; what stands before it is dropped, and a span already passed is written as new text. */
  take(span: readonly [Offset, Offset]): void;
  finish(): Rewritten;
}

export function createWriter(cell: string): Writer {
  const pieces: Piece[] = [];
  let text = "";
  let cursor = 0;

  function push(part: string, fromEnd: Offset, copied: boolean): void {
    const to = text.length;
    text += part;
    pieces.push({ from: cursor, fromEnd, to, toEnd: text.length, copied });
    cursor = fromEnd;
  }

  function copyTo(end: Offset): void {
    if (end > cursor) push(cell.slice(cursor, end), end, true);
  }

  function put(part: string, end: Offset = cursor): void {
    const to = Math.max(end, cursor);
    const lost = breaks(cell.slice(cursor, to)) - breaks(part);
    push(part + "\n".repeat(Math.max(0, lost)), to, false);
  }

  return {
    cell,
    copyTo,
    put,
    take([start, end]) {
      if (start < cursor) put(cell.slice(start, end));
      else {
        put("", start);
        copyTo(end);
      }
    },
    finish: () => mapped(cell, text, pieces),
  };
}

function mapped(cell: string, text: string, pieces: readonly Piece[]): Rewritten {
  const fromCell = pieces.filter((piece) => piece.fromEnd > piece.from);
  const fromText = pieces.filter((piece) => piece.toEnd > piece.to);
  return {
    source: text,
    toOriginal(offset) {
      const piece = fromText.findLast((each) => each.to <= offset);
      if (!piece) return 0;
      if (offset >= piece.toEnd) return offset >= text.length ? cell.length : piece.fromEnd;
      return piece.copied ? piece.from + (offset - piece.to) : piece.from;
    },
    toRewritten(offset) {
      const index = fromCell.findLastIndex((each) => each.from <= offset);
      const piece = fromCell[index];
      if (!piece) return 0;
      if (offset >= piece.fromEnd) return piece.toEnd;
      if (piece.copied) return piece.to + (offset - piece.from);
      // Between copied text and new text, an offset belongs to the copied: there the user types.
      const before = fromCell[index - 1];
      return offset === piece.from && before?.copied ? before.toEnd : piece.to;
    },
  };
}

function breaks(text: string): number {
  return text.split("\n").length - 1;
}

/** A cell without magics: what it says is what the compiler sees. */
export function unchanged(source: string): Rewritten {
  const clamp = (offset: Offset) => Math.max(0, Math.min(offset, source.length));
  return { source, toOriginal: clamp, toRewritten: clamp };
}
