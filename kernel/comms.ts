// Comms: named two-way channels between a cell and the front end.
import { randomUUID } from "node:crypto";
import type { Content } from "./protocol/wire";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages */
export interface CommMessage {
  data: Content;
  metadata: Content;
  buffers: Uint8Array[];
}

type Listener = (message: CommMessage) => void;

/** One open channel. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: Content, options?: { metadata?: Content; buffers?: Uint8Array[] }): void;
  close(data?: Content): void;
  onMessage(listener: Listener): void;
  onClose(listener: Listener): void;
}

/** Called for each comm that the front end opens; throwing refuses it. */
export type CommTarget = (comm: Comm, opened: CommMessage) => void;

export interface Comms {
  /** Answers what the front end opens under this name. */
  registerTarget(name: string, target: CommTarget): void;
  unregisterTarget(name: string): void;
  /** Opens a comm to a target of the front end. */
  open(target: string, data?: Content, options?: { metadata?: Content; buffers?: Uint8Array[] }): Comm;
}

export type CommPublish = (
  type: string,
  content: Content,
  metadata?: Content,
  buffers?: Uint8Array[],
) => void;

export interface CommManager extends Comms {
  /** comm_open, comm_msg and comm_close as they come in. */
  receive(type: string, content: Content, metadata: Content, buffers: Uint8Array[]): void;
  /** The content of `comm_info_reply`. */
  info(target: string | undefined): Content;
}

interface OpenComm {
  comm: Comm;
  messageListeners: Listener[];
  closeListeners: Listener[];
}

export function createComms(publish: CommPublish): CommManager {
  const targets = new Map<string, CommTarget>();
  const openComms = new Map<string, OpenComm>();

  function add(id: string, target: string): Comm {
    const messageListeners: Listener[] = [];
    const closeListeners: Listener[] = [];
    const comm: Comm = {
      id,
      target,
      send: (data, { metadata, buffers } = {}) =>
        publish("comm_msg", { comm_id: id, data }, metadata, buffers),
      close: (data = {}) => {
        if (openComms.delete(id)) publish("comm_close", { comm_id: id, data });
      },
      onMessage: (listener) => void messageListeners.push(listener),
      onClose: (listener) => void closeListeners.push(listener),
    };
    openComms.set(id, { comm, messageListeners, closeListeners });
    return comm;
  }

  function opened(id: string, name: string, message: CommMessage): void {
    const target = targets.get(name);
    if (!target) {
      publish("comm_close", { comm_id: id, data: {} });
      return;
    }
    const comm = add(id, name);
    try {
      target(comm, message);
    } catch (error) {
      comm.close();
      throw error;
    }
  }

  return {
    registerTarget: (name, target) => void targets.set(name, target),
    unregisterTarget: (name) => void targets.delete(name),

    open(target, data = {}, { metadata, buffers } = {}) {
      const comm = add(randomUUID(), target);
      publish("comm_open", { comm_id: comm.id, target_name: target, data }, metadata, buffers);
      return comm;
    },

    receive(type, content, metadata, buffers) {
      const id = String(content.comm_id);
      const message: CommMessage = { data: (content.data ?? {}) as Content, metadata, buffers };
      if (type === "comm_open") {
        opened(id, String(content.target_name), message);
        return;
      }
      const known = openComms.get(id);
      if (!known) return; // closed on this side while the message was on its way
      if (type === "comm_close") openComms.delete(id);
      for (const listener of type === "comm_close" ? known.closeListeners : known.messageListeners)
        listener(message);
    },

    info(target) {
      const comms: Record<string, { target_name: string }> = {};
      for (const [id, { comm }] of openComms) {
        if (target === undefined || comm.target === target) comms[id] = { target_name: comm.target };
      }
      return { status: "ok", comms };
    },
  };
}
