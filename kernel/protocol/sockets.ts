// The five ZeroMQ sockets of a kernel.
import { readFileSync } from "node:fs";
import * as zmq from "zeromq";
import { type Codec, createCodec, type Message, WireError } from "./wire";

/** @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files */
export interface Connection {
  transport: string;
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  key: string;
  signature_scheme: string;
}

export type RequestChannel = "shell" | "control" | "stdin";

export interface Sockets {
  connection: Connection;
  codec: Codec;
  /** Messages leave in the order of these calls, on each channel. */
  send(channel: RequestChannel | "iopub", message: Message): void;
  /** Resolves once all that was sent so far has been handed to the network. */
  flush(): Promise<void>;
  close(): void;
}

export interface SocketHandlers {
  onMessage(channel: RequestChannel, message: Message): void;
  /** A client has subscribed to a topic of iopub. */
  onSubscribe(topic: Uint8Array): void;
  /** Something was received or sent that is no fault of ours; for the kernel's log. */
  onProblem(text: string): void;
}

/** How long a closing socket may go on sending, in ms. */
const lingerMs = 1000;

export async function openSockets(connectionFile: string, handlers: SocketHandlers): Promise<Sockets> {
  const connection = readConnection(connectionFile);
  const codec = createCodec(connection.key, connection.signature_scheme);
  const router = () =>
    new zmq.Router({ sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: lingerMs, handover: true });
  const requests = { shell: router(), control: router(), stdin: router() };
  // Verbose: a second client's subscription to the same topic is told, too.
  const iopub = new zmq.XPublisher({ sendHighWaterMark: 0, linger: lingerMs, verbosity: "allSubs" });
  const heartbeat = new zmq.Router({ linger: 0 });
  const all = { ...requests, iopub, hb: heartbeat };

  await Promise.all(
    Object.entries(all).map(([name, socket]) => socket.bind(address(connection, `${name}_port` as PortName))),
  );

  async function receive(channel: RequestChannel): Promise<void> {
    for await (const frames of requests[channel]) {
      try {
        handlers.onMessage(channel, codec.decode(frames));
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        handlers.onProblem(`${channel}: message dropped: ${error.message}`);
      }
    }
  }

  async function echoHeartbeat(): Promise<void> {
    for await (const frames of heartbeat) await heartbeat.send(frames);
  }

  async function receiveSubscriptions(): Promise<void> {
    for await (const [frame] of iopub) {
      if (frame?.[0] === 1) handlers.onSubscribe(frame.subarray(1));
    }
  }

  for (const channel of ["shell", "control", "stdin"] as const) void receive(channel);
  void echoHeartbeat();
  void receiveSubscriptions();

  const queues = {
    shell: createSendQueue(requests.shell, handlers.onProblem),
    control: createSendQueue(requests.control, handlers.onProblem),
    stdin: createSendQueue(requests.stdin, handlers.onProblem),
    iopub: createSendQueue(iopub, handlers.onProblem),
  };
  return {
    connection,
    codec,
    send: (channel, message) => queues[channel].add(codec.encode(message)),
    flush: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.idle()));
    },
    close: () => {
      for (const socket of Object.values(all)) socket.close();
    },
  };
}

interface SendQueue {
  add(frames: Uint8Array[]): void;
  idle(): Promise<void>;
}

/** zeromq.js lets one `send` be under way at a time: a second one throws EBUSY once its small buffer is full. */
function createSendQueue(socket: zmq.Router | zmq.XPublisher, onProblem: (text: string) => void): SendQueue {
  let waiting: Uint8Array[][] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      for (const frames of batch) {
        try {
          await socket.send(frames);
        } catch (error) {
          onProblem(`message not sent: ${error}`); // its client is gone
        }
      }
    }
    draining = undefined;
  }

  return {
    add(frames) {
      waiting.push(frames);
      draining ??= drain();
    },
    idle: async () => {
      await draining;
    },
  };
}

function readConnection(file: string): Connection {
  const connection = JSON.parse(readFileSync(file, "utf8")) as Connection;
  return {
    ...connection,
    key: connection.key ?? "",
    signature_scheme: connection.signature_scheme ?? "hmac-sha256",
  };
}

type PortName = "shell_port" | "iopub_port" | "stdin_port" | "control_port" | "hb_port";

function address(connection: Connection, name: PortName): string {
  const { transport, ip } = connection;
  return `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${connection[name]}`;
}
