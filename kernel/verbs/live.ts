// An output of a cell that is replaced in place while something goes on.
import { randomUUID } from "node:crypto";
import { type Displayable, jupyterDisplay } from "../display";
import type { Host } from "../host";

type Bundle = Readonly<Record<string, unknown>>;

export interface Live<State> {
  /** Shows this state, or a later one soon. */
  show(state: State): void;
  /** Shows the last state, whatever is on its way. */
  end(state: State): Promise<void>;
}

/**
 * Shows the states of one thing in one output: the first at once, later ones no more often than `everyMs`. What takes
 * long to render does not hold up the cell's other outputs.
 *
 * @param render MIME type to content, or `{ data, metadata }`; undefined for a state that shows nothing yet
 */
export function liveOutput<State>(
  host: Host,
  everyMs: number,
  render: (state: State) => Bundle | undefined | Promise<Bundle | undefined>,
): Live<State> {
  const id = randomUUID();
  let isShown = false;
  let next: { state: State } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let busy: Promise<void> | undefined;
  let shownMs = Number.NEGATIVE_INFINITY;

  async function draw(state: State): Promise<void> {
    const bundle = await render(state);
    shownMs = performance.now();
    if (!bundle) return;
    const displayable: Displayable = { [jupyterDisplay]: () => ({ ...bundle }) };
    const drawn = host.display(displayable, { id, update: isShown });
    isShown = true;
    await drawn;
  }

  function plan(): void {
    if (busy || timer || !next) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        const { state } = next as { state: State };
        next = undefined;
        busy = draw(state).finally(() => {
          busy = undefined;
          plan();
        });
      },
      Math.max(0, shownMs + everyMs - performance.now()),
    );
  }

  return {
    show(state) {
      next = { state };
      plan();
    },
    async end(state) {
      next = undefined;
      clearTimeout(timer);
      await busy;
      await draw(state);
    },
  };
}
