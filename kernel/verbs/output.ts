// What the command line writes: text without terminal tricks.

/**
 * Control characters that a model's text could steer a terminal with, written out: escapes (C0, C1), and marks that
 * reorder what is read. Lines and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** One JSON document; what a terminal could act on is escaped inside its strings. */
export function jsonText(value: unknown): string {
  return printable(JSON.stringify(value, undefined, 2));
}

/** Ends quietly when the reader of a pipe has gone (`archbert facts model.onnx | head -1`). */
export function endOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit();
      throw error;
    });
  }
}
