// What a running cell may ask of the kernel: to show, to write, to ask the user, to know of an interrupt.
import type { Language } from "./language";

export interface DisplayOptions {
  /** Names the display so that it can be updated. */
  id?: string;
  /** Replaces the display of that id rather than adding one. */
  update?: boolean;
}

export interface Host {
  readonly language: Language;
  /** Shows any value in its richest form. */
  display(value: unknown, options?: DisplayOptions): Promise<void>;
  /** Shows a value as help: a front end that has a pager opens it there. */
  page(value: unknown): Promise<void>;
  /** Text below the cell. */
  write(stream: "stdout" | "stderr", text: string): void;
  /** Clears the cell's output; with `wait`, when the next output comes. */
  clearOutput(options?: { wait?: boolean }): void;
  /**
   * Asks the user, and waits for the answer.
   *
   * @throws ArchError where the front end cannot ask (nbconvert, for one)
   */
  prompt(question: string, options?: { password?: boolean }): string;
  /** Aborted when the running cell is interrupted. */
  readonly signal: AbortSignal;
  /** What the user is told should the running cell be interrupted from now on; undefined for nothing more. */
  hint(text: string | undefined): void;
}
