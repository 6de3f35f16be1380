// The op vocabulary, in the field's terms. To add an op: export it from a file here and name it below.
import * as activation from "./activation";
import * as control from "./control";
import * as convolution from "./convolution";
import * as elementwise from "./elementwise";
import * as linear from "./linear";
import * as lookup from "./lookup";
import * as normalization from "./normalization";
import type { Op } from "./op";
import { nothing } from "./op";
import * as pooling from "./pooling";
import * as recurrent from "./recurrent";
import * as reduction from "./reduction";
import * as shaping from "./shaping";

export { isDepthwise, isPointwise } from "./convolution";
export type { Call, Op, Role, SizedCall } from "./op";

const {
  isDepthwise: _depthwise,
  isPointwise: _pointwise,
  windowed: _windowed,
  ...convolutions
} = convolution;
const { productShape: _productShape, ...products } = linear;

export const ops = {
  ...convolutions,
  ...products,
  ...normalization,
  ...activation,
  ...pooling,
  ...elementwise,
  ...shaping,
  ...lookup,
  ...reduction,
  ...recurrent,
  ...control,
} satisfies Record<string, Op>;

export type OpName = keyof typeof ops;

const custom: Op = { role: "control", words: ["custom op", "custom ops"], infer: nothing };

const byName: ReadonlyMap<string, Op> = new Map(Object.entries(ops));

/** What the vocabulary says about the op; something cautious for `custom:NAME`. */
export function opOf(name: string): Op {
  return byName.get(name) ?? custom;
}
