// The progress of what takes long, as one output that is updated.
import { randomUUID } from "node:crypto";
import { type Displayable, jupyterDisplay } from "../display/mime";
import { escapeHtml } from "../display/show";
import type { Host } from "../host";
import type { ProgressEvent } from "../verbs/verb";

/** What takes less is not worth an output. */
const quietMs = 400;
const everyMs = 150;

/** Returns what shows the events of one operation, and what says that it is done; one that fails stays where it was. */
export function showProgress(host: Host): { onEvent(event: ProgressEvent): void; done(): void } {
  const begun = performance.now();
  const id = randomUUID();
  let shownMs = begun + quietMs - everyMs;
  let isShown = false;
  return {
    onEvent(event) {
      const now = performance.now();
      if (now - shownMs < everyMs) return;
      shownMs = now;
      void host.display(progress(event), { id, update: isShown });
      isShown = true;
    },
    done() {
      // An output cannot be taken back: it is left empty.
      if (isShown) void host.display(nothing, { id, update: true });
    },
  };
}

const nothing: Displayable = { [jupyterDisplay]: () => ({ "text/html": "", "text/plain": "" }) };

function progress({ message, done, total }: ProgressEvent): Displayable {
  const part = done === undefined ? "" : total ? `${Math.floor((100 * done) / total)} %` : `${done}`;
  const bar = total ? `<progress max="${total}" value="${done ?? 0}"></progress> ` : "";
  return {
    [jupyterDisplay]: () => ({
      "text/html": `<div>${bar}${escapeHtml(`${message} ${part}`)}</div>`,
      "text/plain": `${message} ${part}`.trimEnd(),
    }),
  };
}
