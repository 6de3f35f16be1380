// Routes requests: answers what needs no cell, hands the rest to the main thread in order, one at a time.
import { connectInfo, kernelInfo } from "./info";
import type { FromMain, ToMain } from "./link";
import type { RequestChannel, Sockets } from "./sockets";
import type { Content, Header, Message } from "./wire";

/** Requests that the main thread handles, and the type of their reply; comm messages have none. */
const mainRequests: Record<string, string | null> = {
  execute_request: "execute_reply",
  complete_request: "complete_reply",
  inspect_request: "inspect_reply",
  is_complete_request: "is_complete_reply",
  history_request: "history_reply",
  comm_info_request: "comm_info_reply",
  comm_open: null,
  comm_msg: null,
  comm_close: null,
};

/** Requests of the protocol that this kernel refuses, and why. */
const refused: Record<string, string> = {
  debug_request: "This kernel has no debugger.",
  create_subshell_request: "This kernel has no subshells.",
  delete_subshell_request: "This kernel has no subshells.",
  list_subshell_request: "This kernel has no subshells.",
};

/** What the routes need of the thread they run in. */
export interface ServerHost {
  toMain(message: ToMain): void;
  /** Stops the running cell. */
  interrupt(): void;
  /** Answers the main thread's wait for input. */
  answerInput(value: string): void;
  /** Ends the process once replies have left. */
  shutdown(): void;
  usage(): Content;
  log(text: string): void;
}

interface Request {
  id: number;
  channel: RequestChannel;
  message: Message;
}

export interface Server {
  receive(channel: RequestChannel, message: Message): void;
  welcome(topic: Uint8Array): void;
  fromMain(message: FromMain): void;
}

export function createServer(sockets: Sockets, host: ServerHost): Server {
  const info = kernelInfo();
  const queue: Request[] = [];
  let current: Request | undefined;
  let mainReady = false;
  let nextId = 1;

  function publish(
    type: string,
    parent: Partial<Header>,
    content: Content,
    metadata: Content = {},
    buffers: Uint8Array[] = [],
  ) {
    const header = sockets.codec.header(type);
    sockets.send("iopub", { identities: [Buffer.from(type)], header, parent, metadata, content, buffers });
  }

  function publishState(state: "busy" | "idle", { message }: Request) {
    publish("status", message.header, { execution_state: state });
  }

  function sendReply({ channel, message }: Request, type: string, content: Content, metadata: Content = {}) {
    const { identities, header: parent } = message;
    const header = sockets.codec.header(type);
    sockets.send(channel, { identities, header, parent, metadata, content, buffers: [] });
  }

  /** Answers a request here and now. */
  function answer(request: Request, content: Content, then?: () => void) {
    publishState("busy", request);
    sendReply(request, request.message.header.msg_type.replace(/_request$/, "_reply"), content);
    then?.();
    publishState("idle", request);
  }

  /** @returns false where only the main thread can answer */
  function answerLocally(request: Request): boolean {
    const type = request.message.header.msg_type;
    if (type in mainRequests) return false;
    const reason = refused[type];
    if (type === "kernel_info_request") answer(request, info);
    else if (type === "connect_request") answer(request, connectInfo(sockets.connection));
    else if (type === "usage_request") answer(request, host.usage());
    else if (type === "interrupt_request") answer(request, { status: "ok" }, host.interrupt);
    else if (type === "shutdown_request") shutdown(request);
    else if (reason)
      answer(request, { status: "error", ename: "NotSupported", evalue: reason, traceback: [] });
    else ignore(request, `unknown message type "${type}"`);
    return true;
  }

  function shutdown(request: Request) {
    const content = { status: "ok", restart: request.message.content.restart === true };
    answer(request, content);
    publish("shutdown_reply", request.message.header, content);
    host.shutdown();
  }

  function ignore(request: Request, why: string) {
    publishState("busy", request);
    host.log(`${request.channel}: ${why}`);
    publishState("idle", request);
  }

  function next() {
    while (!current) {
      const request = queue[0];
      if (!request) return;
      if (!mainReady && request.message.header.msg_type in mainRequests) return;
      queue.shift();
      if (answerLocally(request)) continue;
      current = request;
      publishState("busy", request);
      const { header, content, metadata, buffers } = request.message;
      host.toMain({ kind: "request", id: request.id, header, content, metadata, buffers });
    }
  }

  /** Answers "aborted" to the cells that were already waiting when one before them failed. */
  function abortQueuedCells() {
    const cells = queue.filter(({ message }) => message.header.msg_type === "execute_request");
    for (const request of cells) {
      queue.splice(queue.indexOf(request), 1);
      publishState("busy", request);
      sendReply(request, "execute_reply", { status: "aborted" });
      publishState("idle", request);
    }
  }

  function finish({ id, content, metadata, abortQueued }: Extract<FromMain, { kind: "reply" }>) {
    if (current?.id !== id) return;
    const request = current;
    const type = mainRequests[request.message.header.msg_type];
    if (type) sendReply(request, type, content, metadata);
    publishState("idle", request);
    if (abortQueued) abortQueuedCells();
    current = undefined;
    next();
  }

  function askForInput(prompt: string, password: boolean) {
    if (!current) return;
    const { identities, header: parent } = current.message;
    const header = sockets.codec.header("input_request");
    sockets.send("stdin", {
      identities,
      header,
      parent,
      metadata: {},
      content: { prompt, password },
      buffers: [],
    });
  }

  publish("status", {}, { execution_state: "starting" });

  return {
    receive(channel, message) {
      const request = { id: nextId++, channel, message };
      if (channel === "stdin") {
        if (message.header.msg_type === "input_reply") host.answerInput(String(message.content.value ?? ""));
        else host.log(`stdin: unexpected message type "${message.header.msg_type}"`);
      } else if (channel === "control") {
        if (!answerLocally(request))
          ignore(request, `"${message.header.msg_type}" belongs on the shell channel`);
      } else {
        queue.push(request);
        next();
      }
    },

    welcome(topic) {
      const header = sockets.codec.header("iopub_welcome");
      const content = { subscription: Buffer.from(topic).toString("utf8") };
      sockets.send("iopub", { identities: [topic], header, parent: {}, metadata: {}, content, buffers: [] });
    },

    fromMain(message) {
      if (message.kind === "ready") {
        mainReady = true;
        next();
      } else if (message.kind === "iopub") {
        publish(message.type, message.parent, message.content, message.metadata, message.buffers);
      } else if (message.kind === "reply") finish(message);
      else if (message.kind === "input") askForInput(message.prompt, message.password);
    },
  };
}
