import assert from "node:assert/strict";
import { ImportError } from "../../../../../archbert/graph/errors";
import { facts } from "../../../../../archbert/graph/facts";
import { type ByteSource, bytesSource, importArchitecture } from "../../../../../archbert/graph/importers";
import { slim } from "../../../../../archbert/graph/importers/onnx/slim";
import { model, node } from "../../../onnxModel";

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];

/** A model of `count` weights of `bytes` each, of which only the headers exist; the payloads are holes. */
async function holes(count: number, bytes: number): Promise<ByteSource & { readBytes: number }> {
  const side = bytes / 4 / 256;
  const tensors = Array.from({ length: count }, (_, i) => {
    const name = new TextEncoder().encode(`w${i}`);
    const header = [
      0x08,
      ...varint(side),
      0x08,
      ...varint(256),
      0x10,
      1,
      0x42,
      name.length,
      ...name,
      0x4a,
      ...varint(bytes),
    ];
    return [0x2a, ...varint(header.length + bytes), ...header];
  });
  const nodes = Array.from({ length: count }, (_, i) => {
    const text = (field: number, value: string) => [field, value.length, ...new TextEncoder().encode(value)];
    const body = [
      ...text(0x0a, "x"),
      ...text(0x0a, `w${i}`),
      ...text(0x12, `y${i}`),
      ...text(0x22, "MatMul"),
    ];
    return [0x0a, ...varint(body.length), ...body];
  });
  const ends = [0x5a, 3, 0x0a, 1, 0x78, 0x62, 4, 0x0a, 2, 0x79, 0x30];
  const graphBytes =
    tensors.reduce((sum, head) => sum + head.length + bytes, 0) + nodes.flat().length + ends.length;
  const pieces: { at: number; data: number[] }[] = [];
  let at = 0;
  const put = (data: number[], hole = 0) => {
    pieces.push({ at, data });
    at += data.length + hole;
  };
  put([0x08, 8, 0x3a, ...varint(graphBytes)]);
  for (const head of tensors) put(head, bytes);
  put([...nodes.flat(), ...ends]);
  const source = {
    name: "holes.onnx",
    size: at,
    readBytes: 0,
    read: (offset: number, length: number) => {
      const out = new Uint8Array(Math.max(0, Math.min(length, at - offset)));
      for (const piece of pieces) {
        const from = Math.max(offset, piece.at);
        const to = Math.min(offset + out.length, piece.at + piece.data.length);
        for (let i = from; i < to; i++) out[i - offset] = piece.data[i - piece.at] ?? 0;
      }
      source.readBytes += out.length;
      return out;
    },
  };
  return source;
}

describe("slim", () => {
  it("reads a file of 4 GB without its weights", async () => {
    const source = await holes(16, 2 ** 28);
    assert.ok(source.size > 2 ** 32);
    const architecture = await importArchitecture(source);
    // Only y0 is returned, so only the first product is alive.
    assert.equal(facts(architecture).parameters, 2 ** 26);
    assert.ok(source.readBytes < 4 << 20, `${source.readBytes} bytes read`);
  });

  it("keeps small models whole", async () => {
    const bytes = await model({
      inputs: { x: [1, 4] },
      outputs: ["y"],
      tensors: { w: { dims: [4, 4] } },
      nodes: [node("MatMul", ["x", "w"], ["y"])],
    });
    const { bytes: kept, skippedTensors } = await slim(bytesSource("small.onnx", bytes));
    assert.deepEqual(kept, bytes);
    assert.equal(skippedTensors, 0);
  });

  it("drops packed payloads and keeps the rest", async () => {
    const bytes = await model({
      inputs: { x: [1, 400] },
      outputs: ["y"],
      tensors: { w: { dims: [400, 400] } },
      nodes: [node("MatMul", ["x", "w"], ["y"])],
    });
    const { bytes: kept, skippedTensors } = await slim(bytesSource("big.onnx", bytes));
    assert.equal(skippedTensors, 1);
    assert.ok(bytes.length > 640_000 && kept.length < 300, `${kept.length} bytes kept`);
  });

  it("takes asynchronous sources", async () => {
    const bytes = await model({ inputs: { x: [1, 4] }, outputs: ["y"], nodes: [node("Relu", ["x"], ["y"])] });
    const { read, ...source } = bytesSource("async.onnx", bytes);
    const architecture = await importArchitecture({
      ...source,
      read: async (offset, length) => read(offset, length),
    });
    assert.equal(architecture.nodes[0]?.op, "relu");
  });

  it("answers every truncation with an ImportError, or a graph", async () => {
    const bytes = await model({
      inputs: { x: [1, 400] },
      outputs: ["y"],
      tensors: { w: { dims: [400, 4] } },
      nodes: [node("MatMul", ["x", "w"], ["h"]), node("Relu", ["h"], ["y"])],
    });
    for (let length = 0; length < bytes.length; length += length < 200 ? 1 : 97) {
      await importArchitecture(bytesSource("cut.onnx", bytes.subarray(0, length))).then(
        () => undefined,
        (error: unknown) => assert.ok(error instanceof ImportError, `${length}: ${String(error)}`),
      );
    }
  });

  it("refuses a length beyond the file", async () => {
    const bytes = Uint8Array.from([0x08, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x0a, 1, 0]);
    await assert.rejects(importArchitecture(bytesSource("long.onnx", bytes)), /truncated or damaged/);
  });
});
