// The ops that can be computed. To add one: export its executor from a file here and name the file below.
import * as activation from "./activation";
import { conv } from "./convolution";
import * as elementwise from "./elementwise";
import { attention, linear } from "./linear";
import { batchNorm, groupNorm, layerNorm } from "./normalization";
import type { OpExecutor } from "./op";
import * as pooling from "./pooling";
import * as shaping from "./shaping";

export type { Call, Layout, OpExecutor, Tensor, Tf, Variable } from "./op";

export const executors = {
  ...activation,
  conv,
  linear,
  attention,
  batchNorm,
  groupNorm,
  layerNorm,
  ...pooling,
  ...elementwise,
  ...shaping,
} satisfies Record<string, OpExecutor>;

/** Undefined for an op that cannot be computed. */
export function executorOf(op: string): OpExecutor | undefined {
  return Object.hasOwn(executors, op) ? executors[op as keyof typeof executors] : undefined;
}
