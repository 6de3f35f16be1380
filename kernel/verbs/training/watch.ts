// Trains before its user's eyes: a panel and curves in a notebook, a line on a terminal.
import { ArchError } from "../../../archbert/graph/errors";
import type { Evaluation, FitEvent, Trained } from "../../../compute/trained";
import { toMimeBundle } from "../../display";
import { liveOutput } from "../live";
import type { VerbContext } from "../verb";
import { type Course, doneOf, follow } from "./course";
import { trainingCurves } from "./curves";
import { showCourse } from "./view";
import { epochWorth, progressOf } from "./words";

/** Between two states of the panel, and between two of the curves, which take a second to draw. */
const panelEveryMs = 250;
const curvesEveryMs = 2000;

interface Screen {
  show(course: Course): void;
  end(course: Course): Promise<void>;
}

export interface Watched {
  /** Before anything is known of it. */
  course: Course;
  train(onEvent: (event: FitEvent) => void): Promise<Trained>;
  test(trained: Trained): Promise<Evaluation>;
}

/** @throws what the training throws; the panel then says how it ended */
export async function watch(
  { course: begun, train, test }: Watched,
  context: VerbContext,
): Promise<Trained & { test: Evaluation }> {
  const screen = context.host ? notebookScreen(context.host) : terminalScreen(context);
  let course = begun;
  const show = (next: Course) => {
    course = next;
    screen.show(course);
  };
  try {
    const trained = await train((event) => show(follow(course, event)));
    // It may have ended early.
    show({ ...course, epochs: trained.history.length });
    const score = await test(trained);
    context.signal.throwIfAborted();
    const { stopped, seconds } = trained.metrics;
    await screen.end({ ...course, test: score, end: { how: "done", stopped, seconds } });
    return Object.assign(trained, { test: score });
  } catch (error) {
    // What never began has nothing to show.
    if (course.backend === null) throw error;
    const { epochs, step, history } = course;
    const stopped = `stopped in epoch ${step?.epoch ?? Math.min(history.length + 1, epochs)} of ${epochs}`;
    const end = context.signal.aborted
      ? { how: "stopped" as const, note: stopped }
      : { how: "failed" as const, note: error instanceof ArchError ? error.message : "failed" };
    await screen.end({ ...course, end });
    throw error;
  }
}

function notebookScreen(host: NonNullable<VerbContext["host"]>): Screen {
  const panel = liveOutput<Course>(host, panelEveryMs, showCourse);
  const curves = liveOutput<Course>(host, curvesEveryMs, async (course) => {
    const figure = trainingCurves(course);
    return figure && { ...(await toMimeBundle(figure)) };
  });
  let drawn = 0;
  return {
    show(course) {
      panel.show(course);
      const { length } = course.history;
      if (length > drawn && length < course.epochs) curves.show(course);
      drawn = length;
    },
    async end(course) {
      await panel.end(course);
      await curves.end(course);
    },
  };
}

/** The same as the panel in one line; each epoch on a line of its own where lines cannot be replaced. */
function terminalScreen({ onEvent }: VerbContext): Screen {
  let told = 0;
  return {
    show(course) {
      for (const epoch of course.history.slice(told)) {
        const message = [`epoch ${epoch.epoch} of ${course.epochs}`, ...epochWorth(epoch)].join("; ");
        onEvent({ message, milestone: true });
      }
      told = course.history.length;
      onEvent({ message: progressOf(course).join("; "), done: doneOf(course), total: 1 });
    },
    end: async () => {},
  };
}
