// Replacing and moving pieces of a text without losing where they came from.

interface Edit {
  start: number;
  end: number;
  before: string;
  /** A range of the source that moves here, with the edits inside it. */
  moved?: { start: number; end: number };
  after: string;
}

/** A text with pieces replaced and moved, that knows where each piece came from. */
export class Edits {
  readonly #edits: Edit[] = [];
  readonly #moves: { start: number; end: number }[] = [];

  constructor(readonly source: string) {}

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, before: text, after: "" });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Takes a range out of its place and puts it, between two texts, to the beginning. */
  hoist(start: number, end: number, before: string, after: string): void {
    this.#moves.push({ start, end });
    this.#edits.push({ start: 0, end: 0, before, moved: { start, end }, after });
  }

  apply(): { text: string; original(offset: number): number } {
    const edits: Edit[] = [
      ...this.#edits,
      ...this.#moves.map((range) => ({ ...range, before: "", after: "" })),
    ].sort((a, b) => a.start - b.start || a.end - b.end || Number("moved" in b) - Number("moved" in a));
    // Of each piece that was kept: where it lies now, where it lay before.
    const kept: { now: number; was: number }[] = [];
    let text = "";
    const render = (start: number, end: number, inside: Edit[]) => {
      let done = start;
      for (const edit of inside) {
        if (edit.start < done) continue; // inside a range that was replaced or moved
        kept.push({ now: text.length, was: done });
        text += this.source.slice(done, edit.start) + edit.before;
        const { moved } = edit;
        if (moved) {
          const within = edits.filter(
            (other) =>
              !other.moved &&
              other.start >= moved.start &&
              other.end <= moved.end &&
              !(other.start === moved.start && other.end === moved.end),
          );
          render(moved.start, moved.end, within);
        }
        text += edit.after;
        done = edit.end;
      }
      kept.push({ now: text.length, was: done });
      text += this.source.slice(done, end);
    };
    render(0, this.source.length, edits);
    return {
      text,
      original: (offset) => {
        let piece = kept[0];
        for (const next of kept) {
          if (next.now > offset) break;
          piece = next;
        }
        return piece ? piece.was + offset - piece.now : offset;
      },
    };
  }
}
