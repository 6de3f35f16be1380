// All that a cell shows, in the order in which it showed it: console text in batches, displays that take time to render.

export type StreamName = "stdout" | "stderr";

/** Text waits this long for more of its kind, in ms. */
const batchMs = 20;
/** Or until it is this long, in UTF-16 code units. */
const batchLength = 1 << 18;

export interface Output {
  write(stream: StreamName, text: string): void;
  /**
   * Holds back whatever is shown later until `render` resolves to what sends this one.
   *
   * @throws what `render` rejects with; later output then goes on
   */
  later(render: () => Promise<() => void>): Promise<void>;
  /** Sends something once all that was shown before it has been sent. */
  now(send: () => void): void;
  /** Sends console text that waits for its batch. */
  flush(): void;
  /** Resolves when nothing is held back. */
  settled(): Promise<void>;
  /** Drops what is held back, after an interrupt. */
  abandon(): void;
}

interface Slot {
  send: (() => void) | undefined;
}

/** @param publish sends a `stream` message; called while a cell computes, so it must not need the event loop */
export function createOutput(publish: (name: StreamName, text: string) => void): Output {
  let text = "";
  let textStream: StreamName = "stdout";
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  let slots: Slot[] = [];
  const onSettled: (() => void)[] = [];

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (text === "") return;
    const sent = text;
    text = "";
    publish(textStream, sent);
  }

  function append(stream: StreamName, more: string) {
    if (stream !== textStream) flush();
    if (text === "") {
      since = performance.now();
      textStream = stream;
    }
    text += more;
    // A cell that computes without a pause never comes to the timer.
    if (text.length >= batchLength || performance.now() - since >= batchMs) flush();
    else timer ??= setTimeout(flush, batchMs).unref();
  }

  function drain() {
    while (slots[0]?.send) slots.shift()?.send?.();
    if (slots.length > 0) return;
    for (const resolve of onSettled.splice(0)) resolve();
  }

  function inOrder(send: () => void) {
    if (slots.length === 0) send();
    else slots.push({ send });
  }

  return {
    write(stream, more) {
      if (more !== "") inOrder(() => append(stream, more));
    },

    async later(render) {
      const slot: Slot = { send: undefined };
      slots.push(slot);
      try {
        const send = await render();
        slot.send = () => {
          flush();
          send();
        };
      } catch (error) {
        slot.send = () => {};
        throw error;
      } finally {
        drain();
      }
    },

    now(send) {
      inOrder(() => {
        flush();
        send();
      });
    },

    flush,

    async settled() {
      if (slots.length > 0) await new Promise<void>((resolve) => onSettled.push(resolve));
      flush();
    },

    abandon() {
      const ready = slots.filter(({ send }) => send);
      slots = [];
      for (const { send } of ready) send?.();
      drain();
    },
  };
}

/** Redirects what is written to the process's own streams. @returns what gives them back */
export function captureStreams(write: (stream: StreamName, text: string) => void): () => void {
  const restore = [
    replaceWrite(process.stdout, "stdout", write),
    replaceWrite(process.stderr, "stderr", write),
  ];
  return () => {
    for (const undo of restore) undo();
  };
}

function replaceWrite(
  stream: NodeJS.WriteStream,
  name: StreamName,
  write: (stream: StreamName, text: string) => void,
): () => void {
  const original = stream.write;
  const decoder = new TextDecoder();
  stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    write(name, typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }));
    const done = rest.find((argument) => typeof argument === "function") as (() => void) | undefined;
    if (done) process.nextTick(done);
    return true;
  }) as typeof stream.write;
  return () => {
    stream.write = original;
  };
}
