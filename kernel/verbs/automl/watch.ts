// Runs a search before its user's eyes: a panel in a notebook, a line on a terminal.
import { ArchError } from "../../../archbert/graph/errors";
import { withDisplay } from "../../../archbert/views";
import type { Study, StudyEvent } from "../../../automl";
import {
  accuracyText,
  type Board,
  bestTrial,
  doneOf,
  ended,
  follow,
  phaseOf,
  shortProgram,
  showStudy,
  showWhy,
  trialsOf,
} from "../../../automl/views";
import type { VerbContext } from "../verb";
import { remember, type StudyPlace, urlOf } from "./place";

export interface Watched {
  place: StudyPlace;
  /** Before anything is known of it. */
  board: Board;
  /** How the search is begun. */
  run(onEvent: (event: StudyEvent) => void): Promise<Study>;
}

/** @throws what the search throws; a panel then says how it ended, and how to go on */
export async function watch({ place, board: begun, run }: Watched, context: VerbContext): Promise<Study> {
  const { host, signal, hint } = context;
  const view = host ? (await import("./panel.js")).createPanel(host) : createLine(context);
  let board = begun;
  view.show(board);
  try {
    const study = await run((event) => {
      board = follow(board, event);
      if (event.kind === "study") {
        remember(place);
        hint(howToResume(place, host !== undefined));
      }
      tellMilestone(event, context);
      view.show(board);
    });
    hint(undefined);
    await view.end(over(board, study));
    return shown(study);
  } catch (error) {
    const how = board.total === null ? "" : ` ${howToResume(place, host !== undefined)}`;
    const end = signal.aborted
      ? { how: "stopped" as const, note: `Stopped.${how}` }
      : { how: "failed" as const, note: error instanceof ArchError ? error.message : `Failed.${how}` };
    await view.end(ended(board, end));
    throw error;
  }
}

/** The study and what it says of its trials, which show themselves. */
export function shown(study: Study): Study {
  const { why } = study;
  return withDisplay({ ...study, why: (number: number) => withDisplay(why(number), showWhy) }, showStudy);
}

/** What the study adds to what its events said. */
function over(board: Board, { best, trials }: Study): Board {
  const last = best && { number: best.number, epoch: null, test: best.testScore };
  return ended({ ...board, trials, last }, { how: "done" });
}

function howToResume(place: StudyPlace, inNotebook: boolean): string {
  const url = urlOf(place);
  const command = inNotebook ? "%automl resume" : "archbert automl resume";
  if (url !== null) return `The study goes on with: ${command} ${quoted(url)}`;
  return inNotebook
    ? `The study goes on with: ${command} (while this kernel lives; --name or --storage keeps it for longer)`
    : "Nothing of it is kept: --storage or --name would have kept it";
}

const quoted = (url: string) => (/^[\w:/.@+-]+$/.test(url) ? url : `"${url}"`);

function tellMilestone(event: StudyEvent, { host, onEvent }: VerbContext): void {
  if (host) return;
  const message = milestoneOf(event);
  if (message !== undefined) onEvent({ message, milestone: true });
}

function milestoneOf(event: StudyEvent): string | undefined {
  if (event.kind === "study") {
    const { claims, notUnderstood, trials, total } = event;
    const understood = claims.length > 0 ? claims.join(", ") : "nothing that can be checked";
    const missed = notUnderstood.map((text) => `; not understood: "${text}"`);
    const found = trials.length > 0 ? `; ${trials.length} of ${total} trials are there` : "";
    return `understood: ${understood}${missed.join("")}${found}`;
  }
  if (event.kind === "test")
    return `trial ${event.number}: ${accuracyText(event.accuracy)} on the test examples`;
  if (event.kind !== "trial") return undefined;
  const { number, state, values, program, reason } = event.trial;
  if (state === "running" || state === "queued") return undefined;
  const worth = values ? `: ${accuracyText(values.accuracy)}` : "";
  return `trial ${number} ${state}${worth}, ${shortProgram(program)}${reason === null ? "" : ` (${reason})`}`;
}

/** The same as the panel, in one line. */
function createLine({ onEvent }: VerbContext) {
  return {
    show(board: Board) {
      const best = bestTrial(trialsOf(board))?.values;
      const message = `${phaseOf(board)}${best ? `; best ${accuracyText(best.accuracy)}` : ""}`;
      onEvent({ message, done: doneOf(board), total: 1 });
    },
    end: async () => {},
  };
}
