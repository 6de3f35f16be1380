// Sums, products, dropout.
import { type Call, first, numberOf, type OpExecutor, type Tensor } from "./op";

/** Of two values, or of one and a parameter of the same number of axes. */
const binary = (f: (a: Tensor, b: Tensor) => Tensor): OpExecutor => ({
  refuses(node, shapes) {
    if (shapes.length === 2)
      return shapes[0]?.length === shapes[1]?.length ? undefined : "joins different shapes";
    const [parameter] = node.parameters;
    const fits = shapes.length === 1 && parameter?.shape.length === (shapes[0]?.length ?? 0) + 1;
    return fits ? undefined : "takes a constant";
  },
  layout: (_, shape) => ({
    view: shape,
    axes: shape.length === 4 ? [0, 2, 3, 1] : shape.map((__, axis) => axis),
  }),
  run: (call) => f(first(call), call.inputs[1] ?? call.weight("weight")),
});

export const add = binary((a, b) => a.add(b));
export const mul = binary((a, b) => a.mul(b));

export const dropout: OpExecutor = { run: (call) => (call.training ? dropped(call) : first(call).clone()) };

/** What is kept is scaled up, so that nothing changes on the average. */
function dropped(call: Call): Tensor {
  const { tf, node, training } = call;
  const x = first(call);
  const rate = numberOf(node, "rate", 0);
  if (!training || rate === 0) return x.clone();
  const mask = new Float32Array(x.size);
  for (let i = 0; i < mask.length; i++) mask[i] = training.next() < rate ? 0 : 1 / (1 - rate);
  return x.mul(tf.tensor(mask, x.shape));
}
