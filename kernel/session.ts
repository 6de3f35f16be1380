// The main thread's side of the kernel: its state, and the answer to each request that the socket thread hands over.
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { ArchError } from "../archbert/graph";
import { answers } from "./answers";
import { cellGlobals, isDisplayHandle } from "./cellGlobals";
import { createComms } from "./comms";
import { hasDisplay, toMimeBundle } from "./display";
import { describeError, type ErrorReport, Interrupted } from "./errors";
import { createHistory } from "./history";
import type { DisplayOptions, Host } from "./host";
import type { Language, LanguageOptions } from "./language";
import { createMagicRuntime, createMagics } from "./magics";
import { captureStreams, createOutput } from "./output";
import { control, type FromMain, type InputReply, phase, type ToMain } from "./protocol/link";
import type { Content, Header } from "./protocol/wire";

export interface SessionLink {
  /** To the socket thread. */
  post(message: FromMain): void;
  /** See `control` in protocol/link.ts. */
  control: Int32Array;
  inputPort: MessagePort;
}

export interface Session {
  receive(message: Extract<ToMain, { kind: "request" | "interrupt" }>): void;
  /** Tells of an error that no cell waits for: of a timer, or of a promise nobody awaits. */
  reportBackgroundError(error: unknown): void;
  /** Ends what runs and sends what waits; the process is about to exit. */
  close(): void;
}

type Request = Extract<ToMain, { kind: "request" }>;

/** A cell between its request and its reply. */
interface Cell {
  id: number;
  code: string;
  silent: boolean;
  allowStdin: boolean;
  stopOnError: boolean;
  count: number;
  userExpressions: Record<string, string>;
  payload: Content[];
  abort: AbortController;
  /** See `Host.hint`. */
  hint: string | undefined;
  /** Ends the wait for it; later calls have no effect. */
  fail(error: unknown): void;
  replied: boolean;
}

/** After an interrupt, a reply that does not come by itself is given up for after this long, in ms. */
const replyPatienceMs = 1000;

export function createSession(
  link: SessionLink,
  createLanguage: (options: LanguageOptions) => Language,
): Session {
  const { post, control: shared, inputPort } = link;
  const history = createHistory();
  let parent: Partial<Header> = {};
  let muted = false;
  let executionCount = 0;
  let running: Cell | undefined;
  let idleAbort = new AbortController();

  const setPhase = (value: number) => Atomics.store(shared, control.phase, value);

  function publish(type: string, content: Content, metadata?: Content, buffers?: Uint8Array[], of = parent) {
    if (!muted) post({ kind: "iopub", type, parent: of, content, metadata, buffers });
  }

  const output = createOutput((name, text) => publish("stream", { name, text }));
  const releaseStreams = captureStreams(output.write);
  const comms = createComms((type, content, metadata, buffers) =>
    output.now(() => publish(type, content, metadata, buffers)),
  );

  function publishDisplay(bundle: object, { id, update = false }: DisplayOptions, of = parent) {
    const transient = id === undefined ? {} : { display_id: id };
    publish(
      update ? "update_display_data" : "display_data",
      { ...bundle, transient },
      undefined,
      undefined,
      of,
    );
  }

  const host: Host = {
    get language() {
      return language;
    },
    display(value, { id, update = false } = {}) {
      const of = parent;
      return output.later(async () => {
        const bundle = await toMimeBundle(value);
        return () => publishDisplay(bundle, { id, update }, of);
      });
    },
    async page(value) {
      const cell = running;
      const { data } = await toMimeBundle(value);
      cell?.payload.push({ source: "page", data, start: 0 });
    },
    write: output.write,
    clearOutput: ({ wait = false } = {}) => output.now(() => publish("clear_output", { wait })),
    prompt,
    get signal() {
      return (running?.abort ?? idleAbort).signal;
    },
    hint(text) {
      if (running) running.hint = text;
    },
  };

  const language = createLanguage({
    folder: process.cwd(),
    onDisplay: ({ data, id, update }) =>
      output.now(() => publishDisplay({ data, metadata: {} }, { id, update })),
    globals: cellGlobals(host, comms, createMagicRuntime(host)),
    onRun: () => {
      setPhase(phase.user);
      if (Atomics.load(shared, control.interruptSent) > Atomics.load(shared, control.interruptHandled)) {
        throw new Interrupted();
      }
    },
  });
  const magics = createMagics(language);

  function prompt(question: string, { password = false } = {}): string {
    if (!running?.allowStdin) {
      throw new ArchError("this front end cannot ask for input", {
        fix: "Give the value in the cell instead.",
      });
    }
    output.flush();
    Atomics.store(shared, control.inputReady, 0);
    setPhase(phase.prompt);
    post({ kind: "input", prompt: question, password });
    Atomics.wait(shared, control.inputReady, 0);
    setPhase(phase.user);
    const reply = receiveMessageOnPort(inputPort)?.message as InputReply | undefined;
    if (!reply || "interrupted" in reply) throw new Interrupted();
    return reply.value;
  }

  function startCell({ id, header, content }: Request) {
    output.flush();
    const silent = content.silent === true;
    const storeHistory = content.store_history !== false && !silent;
    if (storeHistory) executionCount++;
    parent = header;
    muted = silent;
    const code = String(content.code ?? "");
    if (storeHistory) history.add(executionCount, code);
    publish("execute_input", { code, execution_count: executionCount });

    let fail: (error: unknown) => void = () => {};
    let succeed: (result: CellResult) => void = () => {};
    const outcome = new Promise<CellResult>((resolve, reject) => {
      succeed = resolve;
      fail = reject;
    });
    const cell: Cell = {
      id,
      code,
      silent,
      allowStdin: content.allow_stdin === true,
      stopOnError: content.stop_on_error !== false,
      count: executionCount,
      userExpressions: (content.user_expressions ?? {}) as Record<string, string>,
      payload: [],
      abort: new AbortController(),
      hint: undefined,
      fail,
      replied: false,
    };
    running = cell;
    void finishCell(cell, outcome);
    // An interrupt may cut the stack from here on, so nothing that must happen may follow.
    runCell(cell).then(succeed, fail);
  }

  interface CellResult {
    bundle: { data: Content; metadata: Content } | undefined;
    expressions: Content;
  }

  async function runCell(cell: Cell): Promise<CellResult> {
    if (asksToExit(cell.code) && language.valueOf(cell.code.trim()) === undefined) {
      cell.payload.push({ source: "ask_exit", keepkernel: false });
      return { bundle: undefined, expressions: {} };
    }
    setPhase(phase.kernel);
    const { value } = await magics.execute(cell.code, { name: `cell-${cell.count}.ts` });
    const isShown = hasDisplay(value) && !isDisplayHandle(value) && !cell.silent;
    const bundle = isShown ? await toMimeBundle(value) : undefined;
    const expressions: Content = {};
    for (const [name, expression] of Object.entries(cell.userExpressions)) {
      expressions[name] = await evaluate(expression);
    }
    return { bundle, expressions };
  }

  async function evaluate(expression: string): Promise<Content> {
    try {
      const { value } = await language.execute(`(${expression}\n)`, { name: "expression.ts" });
      return { status: "ok", ...(await toMimeBundle(value)) };
    } catch (error) {
      return { status: "error", ...describeError(error, expression) };
    }
  }

  async function finishCell(cell: Cell, outcome: Promise<CellResult>) {
    try {
      const { bundle, expressions } = await outcome;
      // A display that still renders may be interrupted, too.
      await Promise.race([output.settled(), aborted(cell.abort.signal)]);
      if (bundle) {
        publish("execute_result", { execution_count: cell.count, ...bundle });
        history.setOutput(cell.count, String(bundle.data["text/plain"] ?? ""));
      }
      reply(cell, {
        status: "ok",
        execution_count: cell.count,
        payload: cell.payload,
        user_expressions: expressions,
      });
    } catch (error) {
      if (error instanceof Interrupted) output.abandon();
      else await Promise.race([output.settled(), aborted(cell.abort.signal)]).catch(() => output.abandon());
      fail(cell, describeError(error, cell.code));
    }
  }

  function fail(cell: Cell, report: ErrorReport) {
    if (cell.replied) return;
    output.flush();
    publish("error", { ...report });
    const content = {
      status: "error",
      execution_count: cell.count,
      ...report,
      payload: [],
      user_expressions: {},
    };
    reply(cell, content, cell.stopOnError);
  }

  function reply(cell: Cell, content: Content, abortQueued = false) {
    if (cell.replied) return;
    cell.replied = true;
    output.flush();
    muted = false;
    if (running === cell) running = undefined;
    setPhase(phase.idle);
    post({ kind: "reply", id: cell.id, content, abortQueued });
  }

  function interrupt() {
    Atomics.store(shared, control.interruptHandled, Atomics.load(shared, control.interruptSent));
    Atomics.notify(shared, control.interruptHandled);
    idleAbort.abort();
    idleAbort = new AbortController();
    const cell = running;
    if (!cell) return;
    // Whoever listens to the abort may take its hint back.
    const interrupted = new Interrupted(cell.hint);
    cell.abort.abort();
    language.interrupt();
    cell.fail(interrupted);
    setTimeout(() => {
      output.abandon();
      fail(cell, describeError(interrupted, cell.code));
    }, replyPatienceMs).unref();
  }

  function receiveComm({ header, content, metadata, buffers }: Request) {
    parent = header;
    setPhase(phase.user); // its listeners are the user's
    try {
      comms.receive(header.msg_type, content, metadata, buffers);
    } catch (error) {
      reportBackgroundError(error);
    }
    output.flush();
  }

  function answer({ header, content }: Request): Content {
    setPhase(phase.kernel);
    try {
      return answers[header.msg_type]?.(content, { language, magics, history, comms }) ?? {};
    } catch (error) {
      return { status: "error", ...describeError(error, "") };
    }
  }

  function handle(request: Request) {
    const type = request.header.msg_type;
    if (type === "execute_request") {
      startCell(request);
      return;
    }
    const content = type in answers ? answer(request) : {};
    if (!(type in answers)) receiveComm(request);
    setPhase(phase.idle);
    post({ kind: "reply", id: request.id, content });
  }

  function reportBackgroundError(error: unknown) {
    output.write("stderr", `${describeError(error, "").traceback.join("\n")}\n`);
  }

  return {
    receive(message) {
      if (message.kind === "interrupt") interrupt();
      else handle(message);
    },
    reportBackgroundError,
    close() {
      output.abandon();
      output.flush();
      if (running)
        reply(running, { status: "ok", execution_count: running.count, payload: [], user_expressions: {} });
      releaseStreams();
      language.dispose();
    },
  };
}

/** As a console's users end a session; the console then shuts the kernel down. */
function asksToExit(code: string): boolean {
  return /^\s*(exit|quit)\s*$/.test(code);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(new Interrupted());
    else signal.addEventListener("abort", () => reject(new Interrupted()), { once: true });
  });
}
