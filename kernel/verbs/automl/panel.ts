// The panel of a search in a notebook: one output for the trials and one for the curve, both replaced as it goes on.
import { randomUUID } from "node:crypto";
import { type Board, finishedOf, searchCurve, showBoard, trialsOf } from "../../../automl/views";
import { type Displayable, jupyterDisplay, toMimeBundle } from "../../display";
import type { Host } from "../../host";

/** Between two states of the panel, and between two of the curve, which takes a second to draw. */
const panelEveryMs = 500;
const curveEveryMs = 4000;

export interface Panel {
  /** Shows this state, or a later one soon. */
  show(board: Board): void;
  /** Shows the last state, the curve too. */
  end(board: Board): Promise<void>;
}

export function createPanel(host: Host): Panel {
  const begun = performance.now();
  const panelId = randomUUID();
  let board: Board | undefined;
  let isShown = false;
  let timer: NodeJS.Timeout | undefined;
  let shownMs = Number.NEGATIVE_INFINITY;
  const curve = createCurve(host);

  function draw(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (!board) return Promise.resolve();
    shownMs = performance.now();
    const bundle = showBoard(board, { seconds: (shownMs - begun) / 1000 });
    const drawn = host.display(ready(bundle), { id: panelId, update: isShown });
    isShown = true;
    return drawn;
  }

  return {
    show(next) {
      board = next;
      curve.show(next);
      timer ??= setTimeout(() => void draw(), Math.max(0, shownMs + panelEveryMs - performance.now()));
    },
    async end(last) {
      board = last;
      await draw();
      await curve.end(last);
    },
  };
}

/** The curve is drawn beside the cell's outputs, not in their midst, so that none waits for it. */
function createCurve(host: Host): Panel {
  const id = randomUUID();
  let isShown = false;
  let busy: Promise<void> | undefined;
  let drawnMs = Number.NEGATIVE_INFINITY;
  /** Finished trials in what was drawn. */
  let drawn = 0;

  async function draw(board: Board): Promise<void> {
    const figure = searchCurve(trialsOf(board));
    if (!figure) return;
    drawn = finishedOf(board).length;
    const bundle = await toMimeBundle(figure);
    drawnMs = performance.now();
    const shown = host.display(ready({ ...bundle }), { id, update: isShown });
    isShown = true;
    await shown;
  }

  return {
    show(board) {
      if (busy || performance.now() - drawnMs < curveEveryMs || finishedOf(board).length === drawn) return;
      busy = draw(board).finally(() => {
        busy = undefined;
      });
    },
    async end(board) {
      await busy;
      await draw(board);
    },
  };
}

/** What is known already how it shows itself. */
function ready(bundle: Record<string, unknown>): Displayable {
  return { [jupyterDisplay]: () => bundle };
}
