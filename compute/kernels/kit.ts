// What the kernels are made of: steps that run other kernels of the backend, and views of memory that copy nothing.
import type { KernelFunc, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs";
import { getKernel, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

export const bytesPerFloat = 4;

/**
 * A part of a tensor of floats under an id of its own; copies nothing, and must not outlive the whole.
 *
 * @param offset in numbers
 */
export function view(backend: BackendWasm, whole: TensorInfo, offset: number, shape: number[]): TensorInfo {
  const start = backend.dataIdMap.get(whole.dataId).memoryOffset + offset * bytesPerFloat;
  return backend.makeOutput(shape, "float32", start);
}

/** Forgets a view and leaves its memory, which is another's, alone. */
export function releaseView(backend: BackendWasm, { dataId }: TensorInfo): void {
  backend.dataIdMap.get(dataId).memoryOffset = 0; // To free the address 0 does nothing.
  backend.disposeData(dataId);
}

/** A kernel's parts: each intermediate is freed when the kernel is done, its result is not. */
export class Kit {
  readonly backend: BackendWasm;
  readonly #made: TensorInfo[] = [];
  readonly #views: TensorInfo[] = [];

  constructor(backend: BackendWasm) {
    this.backend = backend;
  }

  /** Runs a kernel of the backend that has one result. */
  run(kernelName: string, inputs: NamedTensorInfoMap, attrs: Record<string, unknown> = {}): TensorInfo {
    const kernel = getKernel(kernelName, "wasm");
    const result = kernel.kernelFunc({ inputs, backend: this.backend, attrs: attrs as NamedAttrMap });
    if (Array.isArray(result)) throw new Error(`internal: ${kernelName} has more than one result`);
    this.#made.push(result);
    return result;
  }

  /** The same numbers in another shape; copies nothing. */
  reshape(x: TensorInfo, shape: number[]): TensorInfo {
    return this.run("Reshape", { x }, { shape });
  }

  /** The axes in another order, copied only where that moves a number. */
  transpose(x: TensorInfo, perm: number[]): TensorInfo {
    const moved = perm.filter((axis) => x.shape[axis] !== 1);
    if (moved.every((axis, i) => i === 0 || axis > (moved[i - 1] as number))) {
      const shape = perm.map((axis) => x.shape[axis] as number);
      return this.reshape(x, shape);
    }
    return this.run("Transpose", { x }, { perm });
  }

  /** Uninitialised memory of the heap, for a result that is written in place. */
  empty(shape: number[], dtype: TensorInfo["dtype"] = "float32"): TensorInfo {
    const made = this.backend.makeOutput(shape, dtype);
    this.#made.push(made);
    return made;
  }

  /** A part of a tensor of floats; copies nothing, and is no result. */
  view(whole: TensorInfo, offset: number, shape: number[]): TensorInfo {
    const part = view(this.backend, whole, offset, shape);
    this.#views.push(part);
    return part;
  }

  zeros(shape: number[]): TensorInfo {
    return this.filled(shape, 0);
  }

  filled(shape: number[], value: number): TensorInfo {
    return this.run("Fill", {}, { shape, value, dtype: "float32" });
  }

  concat(parts: readonly TensorInfo[], axis: number): TensorInfo {
    const [only] = parts;
    if (only && parts.length === 1) return only;
    // tfjs passes this kernel's inputs as a list, which its types deny.
    return this.run("Concat", parts as unknown as NamedTensorInfoMap, { axis });
  }

  /** Zeros around the axes, or, where an amount is negative, that much cut off. */
  padOrCrop(x: TensorInfo, amounts: readonly (readonly [number, number])[]): TensorInfo {
    let result = x;
    if (amounts.some(([before, after]) => before < 0 || after < 0)) {
      const begin = amounts.map(([before]) => Math.max(0, -before));
      const size = amounts.map(
        ([before, after], axis) => (x.shape[axis] as number) + Math.min(0, before) + Math.min(0, after),
      );
      result = this.run("Slice", { x: result }, { begin, size });
    }
    if (amounts.some(([before, after]) => before > 0 || after > 0)) {
      const paddings = amounts.map(([before, after]) => [Math.max(0, before), Math.max(0, after)]);
      result = this.run("PadV2", { x: result }, { paddings, constantValue: 0 });
    }
    return result;
  }

  /** Frees what was made, but for the result, which goes to the caller. */
  finish(result: TensorInfo): TensorInfo {
    const at = this.#made.lastIndexOf(result);
    if (at < 0) throw new Error("internal: a kernel may not return what it was given");
    this.#made.splice(at, 1);
    this.dispose();
    return result;
  }

  dispose(): void {
    for (const part of this.#views.splice(0)) releaseView(this.backend, part);
    for (const made of this.#made.splice(0)) this.backend.disposeData(made.dataId);
  }
}

/** A kernel from what it does with a kit; A says which settings it is given. */
export function composed<A>(
  body: (kit: Kit, inputs: NamedTensorInfoMap, attrs: A) => TensorInfo,
): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const kit = new Kit(backend as BackendWasm);
    try {
      return kit.finish(body(kit, inputs, attrs as A));
    } finally {
      kit.dispose();
    }
  };
}

/** An input by its name, where the operation always gives it. */
export function input(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  const found = inputs[name];
  if (!found) throw new Error(`internal: the kernel was called without ${name}`);
  return found;
}

export const sizeOf = (shape: readonly number[]) => util.sizeFromShape(shape as number[]);
