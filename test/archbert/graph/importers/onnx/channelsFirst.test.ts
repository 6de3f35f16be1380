import assert from "node:assert/strict";
import { type Architecture, bytesSource, importArchitecture } from "../../../../../archbert/graph";
import { model, node } from "../../../onnxModel";

describe("onnx: pictures of channels last", () => {
  it("gives a picture channels first where the file turns it at once, past arithmetic a channel", async () => {
    const turned = async (channels: number, nodes: ReturnType<typeof node>[], outputs = ["y"]) =>
      importArchitecture(
        bytesSource(
          "turned.onnx",
          await model({
            inputs: { x: ["n", 8, 6, channels] },
            outputs,
            tensors: {
              w: { dims: [4, channels, 3, 3] },
              m: { dims: [1, 1, 1, channels] },
              s: { dims: [] },
              g: { dims: [4], type: 7, ints: [-1, 1, 8, 6] },
            },
            nodes,
          }),
        ),
      );
    const shapes = ({ inputs, nodes }: Architecture) => [
      ...inputs.map(({ shape }) => String(shape)),
      ...nodes.map(({ op, outputs: [made] }) => `${op} ${made?.shape}`),
    ];
    const turn = (from: string) => node("Transpose", [from], ["t"], { perm: [0, 3, 1, 2] });
    const layer = node("Conv", ["t", "w"], ["y"]);
    const scaled = [node("Mul", ["x", "s"], ["a"]), node("Sub", ["a", "m"], ["b"]), turn("b"), layer];
    const first = await turned(3, scaled);
    assert.deepEqual(shapes(first), ["n,3,8,6", "mul n,3,8,6", "sub n,3,8,6", "conv n,4,6,4"]);
    assert.deepEqual(first.nodes[1]?.attributes.operandShape, [3, 1, 1]);
    // Of one channel, the transposition is written as a reshape.
    for (const one of [turn("x"), node("Reshape", ["x", "g"], ["t"])])
      assert.deepEqual(shapes(await turned(1, [one, layer])), ["n,1,8,6", "conv n,4,6,4"]);
    // Read as it is, returned as it is, or turned for what is no picture: the file's order stays.
    const shape = "n,8,6,3";
    for (const [nodes, outputs] of [
      [
        [turn("x"), layer, node("ReduceMean", ["x"], ["z"])],
        ["y", "z"],
      ],
      [
        [turn("x"), layer],
        ["y", "t"],
      ],
      [[turn("x"), node("Relu", ["t"], ["y"])], ["y"]],
      [[node("Transpose", ["x"], ["t"], { perm: [0, 3, 2, 1] }), layer], ["y"]],
    ] as const)
      assert.equal(shapes(await turned(3, [...nodes], [...outputs]))[0], shape);
  });
});
