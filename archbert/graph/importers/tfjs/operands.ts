// Constants as operands: weights where they are many floats, arithmetic where they are one number.
import type { Attribute, Parameter } from "../../architecture";
import type { OpName } from "../../ops";
import type { Tensor } from "../writer";
import { type Constant, isConstant, type Use } from "./node";

/** The first constant among the inputs, as an operand of the node's tensor. */
export function operand(use: Use): { attributes: Record<string, Attribute>; parameters: Parameter[] } {
  const constants = use.constants();
  const [constant] = constants;
  const [tensor] = use.tensors();
  if (!constant) return { attributes: {}, parameters: [] };
  const attributes: Record<string, Attribute> = { operandShape: arranged(constant, tensor) };
  if (isConstant(use.inputs[0])) attributes.operandFirst = true;
  const [value, ...more] = constant.values ?? [];
  if (value !== undefined && more.length === 0) attributes.operand = value;
  return { attributes, parameters: constants.filter(learned).map(weight) };
}

const learned = ({ shape, dtype }: Constant) =>
  /^(float|bfloat)/.test(dtype) && shape.reduce((a, b) => a * b, 1) > 1;

function weight({ name, shape, dtype }: Constant): Parameter {
  return { name, shape, dtype, trainable: true };
}

/** A constant's shape in the order of the tensor it meets: one number a channel stands on the channels' axis. */
function arranged({ shape }: Constant, tensor: Tensor | undefined): readonly number[] {
  const rank = tensor?.shape?.length ?? 0;
  if (!tensor?.moved || shape.length === 0 || shape.length > rank) return shape;
  const [first = 1, ...rest] = [...new Array<number>(rank - shape.length).fill(1), ...shape];
  const all = [first, rest.at(-1) ?? 1, ...rest.slice(0, -1)];
  return shape.length === rank ? all : all.slice(1);
}

/** Arithmetic of two operands, of which one may be a constant. */
export const binary =
  (op: OpName) =>
  (use: Use): Tensor | undefined => {
    const tensors = matched(use, use.writer.alike(use.tensors()));
    if (tensors.length === 0) return undefined;
    if (tensors.length > 1) return use.add(op, tensors);
    const { attributes, parameters } = operand(use);
    return use.add(op, tensors, attributes, { parameters });
  };

/** Sizes that one side does not know are those of the other, where both have as many axes. */
export function matched(use: Use, tensors: readonly Tensor[]): Tensor[] {
  const known = tensors.find(({ shape }) => shape !== null && !shape.includes("?"));
  if (!known?.shape) return [...tensors];
  const { shape } = known;
  return tensors.map((tensor) => {
    const open =
      tensor.shape === null || (tensor.shape.length === shape.length && tensor.shape.includes("?"));
    return open ? use.writer.settle(tensor, shape) : tensor;
  });
}
