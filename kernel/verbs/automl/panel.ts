// The panel of a search in a notebook: one output for the trials and one for the curve, both replaced as it goes on.
import { type Board, finishedOf, searchCurve, showBoard, trialsOf } from "../../../automl/views";
import { toMimeBundle } from "../../display";
import type { Host } from "../../host";
import { type Live, liveOutput } from "../live";

/** Between two states of the panel, and between two of the curve, which takes a second to draw. */
const panelEveryMs = 500;
const curveEveryMs = 4000;

export function createPanel(host: Host): Live<Board> {
  const begun = performance.now();
  const trials = liveOutput(host, panelEveryMs, (board: Board) =>
    showBoard(board, { seconds: (performance.now() - begun) / 1000 }),
  );
  const curve = createCurve(host);
  return {
    show(board) {
      trials.show(board);
      curve.show(board);
    },
    async end(board) {
      await trials.end(board);
      await curve.end(board);
    },
  };
}

/** Drawn anew once a trial has finished. */
function createCurve(host: Host): Live<Board> {
  let finished = 0;
  const curve = liveOutput(host, curveEveryMs, async (board: Board) => {
    const figure = searchCurve(trialsOf(board));
    return figure && { ...(await toMimeBundle(figure)) };
  });
  return {
    show(board) {
      const now = finishedOf(board).length;
      if (now === finished) return;
      finished = now;
      curve.show(board);
    },
    end: (board) => curve.end(board),
  };
}
