// Activations.
import { withGradient } from "./gradient";
import { first, numberOf, type OpExecutor, type Tensor, type Tf } from "./op";

const unary = (f: (x: Tensor, tf: Tf) => Tensor): OpExecutor => ({ run: (call) => f(first(call), call.tf) });

export const relu = unary((x) => x.relu());
export const relu6 = unary((x) => x.relu6());
export const tanh = unary((x) => x.tanh());
export const sigmoid = unary((x) => x.sigmoid());
export const silu = unary((x) => x.mul(x.sigmoid()));
export const hardSwish = unary((x) =>
  x.mul(
    x
      .add(3)
      .relu6()
      .mul(1 / 6),
  ),
);

export const leakyRelu: OpExecutor = {
  run: (call) => first(call).leakyRelu(numberOf(call.node, "slope", 0.01)),
};

export const elu: OpExecutor = {
  refuses: (node) => (numberOf(node, "alpha", 1) === 1 ? undefined : "has another alpha than 1"),
  run: (call) => first(call).elu(),
};

export const gelu: OpExecutor = {
  refuses: ({ attributes: { approximate = "none" } }) =>
    approximate === "none" ? undefined : `approximates by ${approximate}`,
  run: (call) => exactGelu(call.tf, first(call)),
};

/** x·Φ(x), with its derivative Φ(x) + x·φ(x) in one. @see Gaussian Error Linear Units, arXiv:1606.08415 */
function exactGelu(tf: Tf, x: Tensor): Tensor {
  return withGradient(tf, [x] as const, ([input], save) => {
    const below = input.mul(Math.SQRT1_2).erf().add(1).mul(0.5);
    save([input, below]);
    return {
      value: input.mul(below),
      gradient: (dy, saved) => {
        const [at, share] = saved as [Tensor, Tensor];
        const density = at
          .square()
          .mul(-0.5)
          .exp()
          .mul(1 / Math.sqrt(2 * Math.PI));
        return [dy.mul(share.add(at.mul(density)))];
      },
    };
  });
}
