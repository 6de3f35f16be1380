// The names that cells share, and the run time of one cell.
import { join } from "node:path";
import type { FileRuntime, Modules } from "./modules";

export type Scope = Record<string, unknown>;

/** What the emitted code of a cell asks of the run time. */
export interface CellRuntime extends FileRuntime {
  scope: Scope;
  /** `await`, from which an interrupted cell never returns. */
  wait(value: unknown): Promise<unknown>;
  /** `for await`, likewise. */
  each(values: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterable<unknown>;
}

/** One run of one cell. */
export class Run {
  readonly runtime: CellRuntime;
  #alive = true;

  constructor(
    scope: Scope,
    folder: string,
    modules: Modules,
    resolve: (specifier: string) => string | undefined,
  ) {
    const wait = (value: unknown) => this.#wait(value);
    this.runtime = {
      ...modules.runtime(join(folder, "cell.ts"), resolve),
      scope,
      wait,
      async *each(values) {
        const iterator =
          Symbol.asyncIterator in values ? values[Symbol.asyncIterator]() : values[Symbol.iterator]();
        try {
          for (;;) {
            const { done, value } = (await wait(iterator.next())) as IteratorResult<unknown>;
            if (done) return;
            yield value;
          }
        } finally {
          await iterator.return?.();
        }
      },
    };
  }

  /** From here on the cell does not go on: an `await` that it waits at never returns. */
  abandon(): void {
    this.#alive = false;
  }

  #wait(value: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      Promise.resolve(value).then(
        (result) => {
          if (this.#alive) resolve(result);
        },
        (error: unknown) => {
          if (this.#alive) reject(error);
        },
      );
    });
  }
}
