// Products of matrices. The stock kernel is fast for one plain pair only, and remembers its right operand by the tensor's
// id alone: with other columns, the same memory gives a silently wrong product. Here each pair is a fresh view of memory,
// so that nothing is remembered, and transposes and batches are made of plain pairs.
import type { NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs";
import { broadcast_util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { bytesPerFloat, composed, input, type Kit, releaseView, sizeOf, view } from "./kit";

interface MatMulAttrs {
  transposeA: boolean;
  transposeB: boolean;
}

interface FusedMatMulAttrs extends MatMulAttrs {
  activation: string;
  leakyreluAlpha?: number;
}

type PlainProduct = (
  a: number,
  aShape: number,
  aRank: number,
  b: number,
  bShape: number,
  bRank: number,
  ta: number,
  tb: number,
  out: number,
) => void;

/** The backend's own function for one pair, with room for the two shapes on its heap. */
interface Native {
  multiply: PlainProduct;
  shapesAt: number;
}

/** Emscripten's side of the backend, which its types leave out. */
interface Heap {
  HEAPU8: Uint8Array;
  _malloc(sizeBytes: number): number;
  cwrap(name: string, result: null, types: readonly "number"[]): unknown;
}

const heapOf = (backend: BackendWasm) => backend.wasm as unknown as Heap;

const natives = new WeakMap<BackendWasm, Native>();

function nativeOf(backend: BackendWasm): Native {
  let native = natives.get(backend);
  if (!native) {
    const wasm = heapOf(backend);
    const types = Array.from({ length: 9 }, () => "number" as const);
    const multiply = wasm.cwrap("BatchMatMul", null, types) as PlainProduct;
    native = { multiply, shapesAt: wasm._malloc(6 * bytesPerFloat) >>> 0 };
    natives.set(backend, native);
  }
  return native;
}

/**
 * Products of pairs of matrices, row by row of the batch.
 *
 * @param a float32 [A, M, K]
 * @param b float32 [B, K, N]
 * @param pairs which of a goes with which of b
 * @returns float32 [pairs, M, N]
 */
function multiplyPairs(
  kit: Kit,
  a: TensorInfo,
  b: TensorInfo,
  pairs: readonly (readonly [number, number])[],
): TensorInfo {
  const { backend } = kit;
  const [, m, k] = a.shape as [number, number, number];
  const n = b.shape[2] as number;
  const out = kit.empty([pairs.length, m, n]);
  if (sizeOf(out.shape) === 0) return out;
  if (k === 0) return kit.zeros(out.shape);
  const { multiply, shapesAt } = nativeOf(backend);
  new Int32Array(heapOf(backend).HEAPU8.buffer, shapesAt, 6).set([1, m, k, 1, k, n]);
  for (const [i, [ofA, ofB]] of pairs.entries()) {
    const views = [
      view(backend, a, ofA * m * k, [m, k]),
      view(backend, b, ofB * k * n, [k, n]),
      view(backend, out, i * m * n, [m, n]),
    ] as const;
    const [left, right, place] = views.map(({ dataId }) => backend.dataIdMap.get(dataId).id) as [
      number,
      number,
      number,
    ];
    multiply(left, shapesAt, 3, right, shapesAt + 3 * bytesPerFloat, 3, 0, 0, place);
    for (const part of views) releaseView(backend, part);
  }
  return out;
}

/** Which matrices of the two batches meet, in the order of the broadcast batch. */
function pairsOf(a: readonly number[], b: readonly number[], both: readonly number[]): [number, number][] {
  const at = (shape: readonly number[], index: number) => {
    let place = 0;
    let step = 1;
    for (let axis = both.length - 1, rest = index; axis >= 0; axis--) {
      const here = rest % (both[axis] as number);
      rest = Math.floor(rest / (both[axis] as number));
      const length = shape[axis - (both.length - shape.length)] ?? 1;
      if (length > 1) place += here * step;
      step *= length;
    }
    return place;
  };
  return Array.from({ length: sizeOf(both) }, (_, i) => [at(a, i), at(b, i)]);
}

function product(
  kit: Kit,
  a: TensorInfo,
  b: TensorInfo,
  { transposeA, transposeB }: MatMulAttrs,
): TensorInfo {
  if (a.dtype !== "float32" || b.dtype !== "float32") {
    throw new Error(`matMul multiplies float32, not ${a.dtype} and ${b.dtype}, on the wasm backend`);
  }
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const batch = broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const plain = (x: TensorInfo, transposed: boolean) => {
    const x3 = kit.reshape(x, [sizeOf(x.shape.slice(0, -2)), ...x.shape.slice(-2)]);
    return transposed ? kit.transpose(x3, [0, 2, 1]) : x3;
  };
  let left = plain(a, transposeA);
  const right = plain(b, transposeB);
  const [rows, inner, columns] = [left.shape[1] as number, left.shape[2] as number, right.shape[2] as number];
  if (inner !== right.shape[1]) {
    throw new Error(
      `matMul: the inner sizes ${inner} and ${right.shape[1]} of shapes ${a.shape} and ${b.shape} differ`,
    );
  }
  // One matrix on the right: the batch on the left is only more rows.
  const shared = right.shape[0] === 1;
  if (shared) left = kit.reshape(left, [1, (left.shape[0] as number) * rows, inner]);
  const out = multiplyPairs(kit, left, right, shared ? [[0, 0]] : pairsOf(batchA, batchB, batch));
  return kit.reshape(out, [...batch, rows, columns]);
}

export const batchMatMul = composed<MatMulAttrs>((kit, inputs, attrs) =>
  product(kit, input(inputs, "a"), input(inputs, "b"), attrs),
);

const activations: Record<string, string> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  sigmoid: "Sigmoid",
  leakyrelu: "LeakyRelu",
  prelu: "Prelu",
};

function activate(kit: Kit, x: TensorInfo, inputs: NamedTensorInfoMap, attrs: FusedMatMulAttrs): TensorInfo {
  if (!attrs.activation || attrs.activation === "linear") return x;
  const kernel = activations[attrs.activation];
  if (!kernel) throw new Error(`matMul knows no activation ${attrs.activation} on the wasm backend`);
  if (kernel === "Prelu") return kit.run(kernel, { x, alpha: input(inputs, "preluActivationWeights") });
  return kit.run(kernel, { x }, kernel === "LeakyRelu" ? { alpha: attrs.leakyreluAlpha ?? 0.2 } : {});
}

/** The stock kernel bakes the bias and the activation into what it remembers of the right operand; here they are steps. */
export const fusedMatMul = composed<FusedMatMulAttrs>((kit, inputs, attrs) => {
  const out = product(kit, input(inputs, "a"), input(inputs, "b"), attrs);
  const { bias } = inputs;
  return activate(kit, bias ? kit.run("Add", { a: out, b: bias }) : out, inputs, attrs);
});
