// Our kernels of the wasm backend: those that training needs and it lacks, and those that it has wrong or slow.
import type { KernelFunc } from "@tensorflow/tfjs";
import { getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs";
import { conv2DBackpropFilter, conv2DBackpropInput } from "./conv2d";
import { depthwiseBackpropFilter, depthwiseBackpropInput } from "./depthwise";
import { explicitPad, explicitPadDepthwise } from "./explicitPad";
import { batchMatMul, fusedMatMul } from "./matMul";
import { maxPoolGrad } from "./maxPoolGrad";
import { unsortedSegmentSum } from "./segmentSum";
import { mean, sum } from "./sum";

/** By tfjs's names of the operations. */
export const added: Readonly<Record<string, KernelFunc>> = {
  Conv2DBackpropFilter: conv2DBackpropFilter,
  DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
  DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
  UnsortedSegmentSum: unsortedSegmentSum,
};

/** Each is given the stock kernel that it stands in for. */
export const replaced: Readonly<Record<string, (stock: KernelFunc) => KernelFunc>> = {
  BatchMatMul: () => batchMatMul,
  _FusedMatMul: () => fusedMatMul,
  Conv2DBackpropInput: () => conv2DBackpropInput,
  MaxPoolGrad: () => maxPoolGrad,
  Conv2D: explicitPad,
  FusedConv2D: explicitPad,
  DepthwiseConv2dNative: explicitPadDepthwise,
  FusedDepthwiseConv2D: explicitPadDepthwise,
  Sum: sum,
  Mean: mean,
};

let registered = false;

/** Registers them, once; must come before the backend is made, which sets up the stock kernels. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  const backendName = "wasm";
  for (const [kernelName, kernelFunc] of Object.entries(added)) {
    registerKernel({ kernelName, backendName, kernelFunc });
  }
  for (const [kernelName, replace] of Object.entries(replaced)) {
    const stock = getKernel(kernelName, backendName);
    unregisterKernel(kernelName, backendName);
    registerKernel({ ...stock, kernelFunc: replace(stock.kernelFunc) });
  }
}
