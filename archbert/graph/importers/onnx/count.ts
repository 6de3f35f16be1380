// How many messages and fields the bytes of a model hold, before any of them becomes an object: two bytes of protobuf
// can be an empty message, which takes half a kilobyte of memory.
import { ImportError } from "../../errors";

/** Bounds on what is decoded; the largest public graphs have a tenth of it. */
const limits = { messages: 1_000_000, fields: 4_000_000 };

type Kind =
  | "model"
  | "graph"
  | "node"
  | "attribute"
  | "tensor"
  | "sparse"
  | "function"
  | "value"
  | "type"
  | "typed"
  | "shape"
  | "leaf";

/** Fields of onnx.proto that hold messages. */
const children: Record<Kind, Readonly<Record<number, Kind>>> = {
  model: { 7: "graph", 8: "leaf", 14: "leaf", 25: "function" },
  graph: {
    1: "node",
    5: "tensor",
    11: "value",
    12: "value",
    13: "value",
    14: "leaf",
    15: "sparse",
    16: "leaf",
  },
  node: { 5: "attribute", 9: "leaf" },
  attribute: {
    5: "tensor",
    6: "graph",
    10: "tensor",
    11: "graph",
    14: "type",
    15: "type",
    22: "sparse",
    23: "sparse",
  },
  tensor: { 13: "leaf", 16: "leaf" },
  sparse: { 1: "tensor", 2: "tensor" },
  function: { 7: "node", 9: "leaf", 11: "attribute", 12: "value", 14: "leaf" },
  value: { 2: "type", 4: "leaf" },
  type: { 1: "typed", 4: "typed", 5: "typed", 8: "typed", 9: "typed" },
  typed: { 1: "type", 2: "shape" },
  shape: { 1: "leaf" },
  leaf: {},
};

/**
 * @param bytes a ModelProto; damaged ones are left to the decoder
 * @throws ImportError when there is more than any network has
 */
export function checkCount(bytes: Uint8Array, where: string): void {
  let messages = 0;
  let fields = 0;
  let at = 0;
  const varint = (to: number): number => {
    let value = 0;
    for (let scale = 1; at < to; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  const open: { kind: Kind; to: number }[] = [{ kind: "model", to: bytes.length }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    if (at >= top.to) {
      open.pop();
      continue;
    }
    const tag = varint(top.to);
    const wire = tag % 8;
    if (++fields > limits.fields || messages > limits.messages) {
      throw new ImportError("more parts than a network has", { where });
    }
    if (wire === 0) varint(top.to);
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint(top.to);
      const kind = children[top.kind][Math.floor(tag / 8)];
      const to = Math.min(at + length, top.to);
      if (kind === undefined) at = to;
      else {
        messages++;
        open.push({ kind, to });
      }
    } else return;
  }
}
