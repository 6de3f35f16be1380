// A Jupyter client for tests: starts a real kernel process and checks every message of it against the protocol.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import * as zmq from "zeromq";
import { kernelSpec } from "../../../kernel/install/kernelSpec";
import { type Content, createCodec, type Message } from "../../../kernel/protocol/wire";
import { checkMessage } from "./messageSpec";

type Channel = "shell" | "control" | "stdin";

export interface Exchange {
  reply: Message;
  /** Messages on iopub whose parent is the request, from busy to idle. */
  iopub: Message[];
}

export interface ExecuteOptions {
  silent?: boolean;
  store_history?: boolean;
  user_expressions?: Record<string, string>;
  allow_stdin?: boolean;
  stop_on_error?: boolean;
}

export interface Pending {
  id: string;
  /** Resolves once the reply and the idle status are both in. */
  done: Promise<Exchange>;
}

export interface Client {
  send(channel: Channel, type: string, content: Content): Pending;
  request(channel: Channel, type: string, content: Content): Promise<Exchange>;
  execute(code: string, options?: ExecuteOptions): Promise<Exchange>;
  /** Sends an execute request without waiting. */
  start(code: string, options?: ExecuteOptions): Pending;
  interrupt(): Promise<void>;
  /** All of iopub so far. */
  iopub: Message[];
  /** Resolves with the first iopub message, past or future, that satisfies the condition. */
  seen(condition: (message: Message) => boolean): Promise<Message>;
  /** Called with each `input_request`. */
  onInput: (message: Message) => void;
  /** Sends frames as they are. */
  sendRaw(channel: Channel, frames: (Uint8Array | string)[]): Promise<void>;
  sendMessage(channel: Channel, message: Message): void;
  /** Frames of a signed request, to be spoilt. */
  frames(type: string, content: Content): Uint8Array[];
  heartbeat(): Promise<void>;
  close(): void;
}

export interface Kernel extends Client {
  process: ChildProcess;
  folder: string;
  /** What the process itself printed: the kernel's log. */
  log(): string;
  connect(): Promise<Client>;
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

/** How kernel.json starts the kernel. */
export function kernelCommand(connectionFile: string): string[] {
  return kernelSpec("test").argv.map((argument) => argument.replace("{connection_file}", connectionFile));
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export interface StartOptions {
  env?: NodeJS.ProcessEnv;
  /** Files of its folder: name to text. */
  files?: Record<string, string>;
  /** Starts another kernel than ours; its messages are then not checked. */
  command?: (connectionFile: string) => string[];
}

export async function startKernel({ env = {}, files = {}, command }: StartOptions = {}): Promise<Kernel> {
  const folder = mkdtempSync(path.join(tmpdir(), "archbert-kernel-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const key = randomUUID();
  const connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
    key,
    signature_scheme: "hmac-sha256",
  };
  const connectionFile = path.join(folder, "connection.json");
  writeFileSync(connectionFile, JSON.stringify(connection));

  const [program = "", ...argv] = (command ?? kernelCommand)(connectionFile);
  const child = spawn(program, argv, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...env },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (log += data));
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const connect = () => connectClient(connection as Record<string, string | number>, command === undefined);
  const client = await connect();
  // An XPUB tells its subscribers once it knows them; before that, what it publishes is lost.
  await client.seen(({ header }) => header.msg_type === "iopub_welcome");
  return Object.assign(client, {
    process: child,
    folder,
    log: () => log,
    connect,
    exited,
    async stop() {
      client.close();
      child.kill("SIGKILL");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

async function connectClient(connection: Record<string, string | number>, checked: boolean): Promise<Client> {
  const codec = createCodec(String(connection.key), String(connection.signature_scheme));
  const address = (name: string) => `tcp://127.0.0.1:${connection[`${name}_port`]}`;
  const routingId = randomUUID();
  // The default, 100 ms, would round up the time until a kernel that is just starting answers.
  const reconnectInterval = 5;
  const sockets = {
    shell: new zmq.Dealer({
      routingId,
      reconnectInterval,
      linger: 0,
      sendHighWaterMark: 0,
      receiveHighWaterMark: 0,
    }),
    control: new zmq.Dealer({ routingId, reconnectInterval, linger: 0 }),
    stdin: new zmq.Dealer({ routingId, reconnectInterval, linger: 0 }),
  };
  const subscriber = new zmq.Subscriber({ reconnectInterval, linger: 0, receiveHighWaterMark: 0 });
  for (const [name, socket] of Object.entries(sockets)) socket.connect(address(name));
  subscriber.connect(address("iopub"));
  subscriber.subscribe();

  const replies = new Map<string, (message: Message) => void>();
  const byParent = new Map<string, Message[]>();
  const watchers = new Set<(message: Message) => void>();
  const failures: unknown[] = [];
  const sendQueue: Record<Channel, Promise<void>> = {
    shell: Promise.resolve(),
    control: Promise.resolve(),
    stdin: Promise.resolve(),
  };

  const client: Client = {
    iopub: [],
    onInput: () => {},

    send(channel, type, content) {
      const header = codec.header(type);
      const id = header.msg_id;
      const replied = new Promise<Message>((resolve) => replies.set(id, resolve));
      const idle = client.seen(
        ({ header, parent, content }) =>
          header.msg_type === "status" && content.execution_state === "idle" && parent.msg_id === id,
      );
      client.sendMessage(channel, { identities: [], header, parent: {}, metadata: {}, content, buffers: [] });
      const done = Promise.all([type.endsWith("_request") ? replied : idle, idle]).then(([reply]) => {
        if (failures.length > 0) throw failures[0];
        return { reply, iopub: byParent.get(id) ?? [] };
      });
      return { id, done };
    },

    request: (channel, type, content) => client.send(channel, type, content).done,
    execute: (code, options) => client.start(code, options).done,
    start: (code, options = {}) =>
      client.send("shell", "execute_request", {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: true,
        ...options,
      }),
    interrupt: async () => void (await client.request("control", "interrupt_request", {})),

    seen(condition) {
      const past = client.iopub.find(condition);
      if (past) return Promise.resolve(past);
      return new Promise((resolve) => {
        const watch = (message: Message) => {
          if (!condition(message)) return;
          watchers.delete(watch);
          resolve(message);
        };
        watchers.add(watch);
      });
    },

    sendMessage(channel, message) {
      void client.sendRaw(channel, codec.encode(message));
    },
    sendRaw(channel, frames) {
      sendQueue[channel] = sendQueue[channel].then(() => sockets[channel].send(frames));
      return sendQueue[channel];
    },
    frames: (type, content) =>
      codec.encode({
        identities: [],
        header: codec.header(type),
        parent: {},
        metadata: {},
        content,
        buffers: [],
      }),

    async heartbeat() {
      const socket = new zmq.Request({ linger: 0 });
      socket.connect(address("hb"));
      await socket.send("ping");
      const [echo] = await socket.receive();
      socket.close();
      if (String(echo) !== "ping") throw new Error(`the heartbeat answered ${echo}`);
    },

    close() {
      for (const socket of [...Object.values(sockets), subscriber]) socket.close();
    },
  };

  function received(frames: Uint8Array[], handle: (message: Message) => void) {
    try {
      const message = codec.decode(frames);
      if (checked) checkMessage(message);
      handle(message);
    } catch (error) {
      failures.push(error);
      throw error;
    }
  }

  async function receiveReplies(channel: Channel) {
    for await (const frames of sockets[channel]) {
      received(frames, (message) => {
        if (message.header.msg_type === "input_request") client.onInput(message);
        else replies.get(String(message.parent.msg_id))?.(message);
      });
    }
  }

  async function receiveIopub() {
    for await (const frames of subscriber) {
      received(frames, (message) => {
        client.iopub.push(message);
        const id = String(message.parent.msg_id);
        const siblings = byParent.get(id);
        if (siblings) siblings.push(message);
        else byParent.set(id, [message]);
        for (const watch of watchers) watch(message);
      });
    }
  }

  for (const channel of ["shell", "control", "stdin"] as const) void receiveReplies(channel);
  void receiveIopub();
  return client;
}

/** What a cell wrote to one stream. */
export function streamText({ iopub }: Exchange, name: "stdout" | "stderr" = "stdout"): string {
  return iopub
    .filter(({ header, content }) => header.msg_type === "stream" && content.name === name)
    .map(({ content }) => content.text)
    .join("");
}

export function ofType({ iopub }: Exchange, type: string): Message[] {
  return iopub.filter(({ header }) => header.msg_type === type);
}

/** The plain text of a cell's result; `undefined` where it has none. */
export function resultText(exchange: Exchange): string | undefined {
  const [result] = ofType(exchange, "execute_result");
  return (result?.content.data as Record<string, string> | undefined)?.["text/plain"];
}
