// Ops that move numbers without computing. Pictures lie with their channels last, so turning one into tokens and back
// costs nothing: `turned` values remember that.
import { first, laid, numberOf, numbersOf, type OpExecutor, straight } from "./op";

export const reshape: OpExecutor = {
  refuses: (node) => (numbersOf(node, "shape")?.[0] === 0 ? undefined : "changes the batch"),

  turns: (node, shapes) => isFlattening(shapes[0], numbersOf(node, "shape")),

  run(call) {
    const { node, shapes, shape, turned } = call;
    const x = first(call);
    const [batch = 0] = x.shape;
    const [channels = 0, height = 0, width = 0] = shape;
    if (isFlattening(shapes[0], numbersOf(node, "shape"))) return x.reshape([batch, height, channels]);
    if (turned[0] && shape.length === 3 && shapes[0]?.[0] === channels) {
      return x.reshape([batch, height, width, channels]);
    }
    return laid(straight(x, turned[0] === true).reshape([batch, ...shape]));
  },
};

/** Whether the places of a picture become one axis, and its channels stay. */
function isFlattening(before: readonly number[] | undefined, target: readonly number[] | undefined): boolean {
  return before?.length === 3 && target?.length === 3 && target[1] === before[0];
}

export const transpose: OpExecutor = {
  refuses: (node) => (numbersOf(node, "permutation")?.[0] === 0 ? undefined : "moves the batch"),

  turns: (node, _, turned) => isTurn(node.attributes.permutation) && turned[0] !== true,

  run(call) {
    const x = first(call);
    if (isTurn(call.node.attributes.permutation)) return x.clone();
    return laid(
      straight(x, call.turned[0] === true).transpose([...(numbersOf(call.node, "permutation") ?? [])]),
    );
  },
};

const isTurn = (permutation: unknown) => Array.isArray(permutation) && permutation.join() === "0,2,1";

export const flatten: OpExecutor = {
  refuses: (node) => (numberOf(node, "axis", 1) === 1 ? undefined : "changes the batch"),
  run(call) {
    const x = straight(first(call), false);
    return x.reshape([x.shape[0] ?? 0, -1]);
  },
};

export const unsqueeze: OpExecutor = {
  refuses: (node, shapes) => {
    const axes = numbersOf(node, "axes");
    return axes?.length === 1 && axes[0] === (shapes[0]?.length ?? 0) + 1
      ? undefined
      : "adds another axis than the last";
  },
  run: (call) => laid(straight(first(call), false).expandDims(-1)),
};
