// Normalizations. Each has one gradient written out: composed from its parts, a step takes twice the time.
import { withGradient } from "./gradient";
import { type Call, first, numberOf, type OpExecutor, type Tensor, type Tf, type Variable } from "./op";

/** What running statistics keep of themselves at each step of training. */
export const momentum = 0.9;

const flatScale: OpExecutor["layout"] = (_, shape) => ({ view: [shape[0] ?? 1], axes: [0] });

export const batchNorm: OpExecutor = {
  needs: ["scale", "shift", "mean", "variance"],
  layout: flatScale,

  run(call) {
    const x = first(call);
    const rows = x.reshape([-1, x.shape.at(-1) ?? 1]);
    const epsilon = numberOf(call.node, "epsilon", 1e-5);
    const [scale, shift] = [call.weight("scale"), call.weight("shift")];
    const [mean, variance] = [call.weight("mean"), call.weight("variance")];
    if (call.training) {
      return overBatch(call.tf, rows, { scale, shift, mean, variance, epsilon }).reshape(x.shape);
    }
    const factor = scale.mul(variance.add(epsilon).rsqrt());
    return rows
      .mul(factor)
      .add(shift.sub(mean.mul(factor)))
      .reshape(x.shape);
  },
};

interface BatchStatistics {
  scale: Variable;
  shift: Variable;
  mean: Variable;
  variance: Variable;
  epsilon: number;
}

/**
 * Standardized over the rows, then scaled and shifted; moves the running statistics.
 *
 * @param rows float32 [M, C]
 * @see Batch Normalization, arXiv:1502.03167 §3
 */
function overBatch(tf: Tf, rows: Tensor, { scale, shift, mean, variance, epsilon }: BatchStatistics): Tensor {
  const count = rows.shape[0] ?? 1;
  return withGradient(tf, [rows, scale, shift] as const, ([x, gamma, beta], save) => {
    const average = x.mean(0);
    const centred = x.sub(average);
    const spread = centred.square().mean(0);
    const inverse = spread.add(epsilon).rsqrt();
    const standard = centred.mul(inverse);
    follow(mean, average, 1);
    // The unbiased estimate, as for any sample.
    follow(variance, spread, count > 1 ? count / (count - 1) : 1);
    save([standard, gamma.mul(inverse)]);
    return {
      value: standard.mul(gamma).add(beta),
      gradient: (dy, saved) => {
        const [xHat, factor] = saved as [Tensor, Tensor];
        const dShift = dy.sum(0);
        const dScale = dy.mul(xHat).sum(0);
        const dx = dy
          .sub(dShift.div(count))
          .sub(xHat.mul(dScale.div(count)))
          .mul(factor);
        return [dx, dScale, dShift];
      },
    };
  });
}

function follow(running: Variable, now: Tensor, factor: number): void {
  running.assign(running.mul(momentum).add(now.mul((1 - momentum) * factor)));
}

/** Means over what is normalized together, in a shape that spreads over `x` again. */
type Mean = (x: Tensor) => Tensor;

/** Standardized over what `mean` takes together: (x − mean) / √(variance + ε). */
function standardize(tf: Tf, x: Tensor, mean: Mean, epsilon: number): Tensor {
  return withGradient(tf, [x] as const, ([input], save) => {
    const centred = input.sub(mean(input));
    const inverse = mean(centred.square()).add(epsilon).rsqrt();
    const standard = centred.mul(inverse);
    save([standard, inverse]);
    return {
      value: standard,
      gradient: (dy, saved) => {
        const [xHat, factor] = saved as [Tensor, Tensor];
        return [
          dy
            .sub(mean(dy))
            .sub(xHat.mul(mean(dy.mul(xHat))))
            .mul(factor),
        ];
      },
    };
  });
}

export const layerNorm: OpExecutor = {
  needs: ["scale", "shift"],
  layout: flatScale,

  refuses(node, shapes) {
    const axis = numberOf(node, "axis", -1);
    const rank = (shapes[0]?.length ?? 0) + 1;
    if (rank === 4 ? axis !== 1 : axis !== -1 && axis !== rank - 1) return `normalizes from axis ${axis} on`;
    return undefined;
  },

  run: (call) => (first(call).rank === 4 ? overPicture(call, 1) : overFeatures(call)),
};

export const groupNorm: OpExecutor = {
  needs: ["scale", "shift"],
  layout: flatScale,
  refuses: (_, shapes) => (shapes[0]?.length === 3 ? undefined : "works on pictures only"),
  run: (call) => overPicture(call, numberOf(call.node, "groups", 1)),
};

function overFeatures(call: Call): Tensor {
  const x = first(call);
  const rows = x.reshape([-1, x.shape.at(-1) ?? 1]);
  const standard = standardize(call.tf, rows, (t) => t.mean(1, true), epsilonOf(call));
  return scaled(call, standard).reshape(x.shape);
}

/** Over height, width and each group of channels. @see Group Normalization, arXiv:1803.08494 */
function overPicture(call: Call, groups: number): Tensor {
  const x = first(call);
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const size = channels / groups;
  const mean: Mean = (t) => {
    const ofChannels = t.mean(1);
    const ofGroups = ofChannels.reshape([batch * groups, size]).mean(1, true);
    return ofGroups.tile([1, size]).reshape([batch, 1, channels]);
  };
  const places = x.reshape([batch, height * width, channels]);
  return scaled(call, standardize(call.tf, places, mean, epsilonOf(call))).reshape(x.shape);
}

function scaled(call: Call, standard: Tensor): Tensor {
  return standard.mul(call.weight("scale")).add(call.weight("shift"));
}

const epsilonOf = ({ node }: Call) => numberOf(node, "epsilon", 1e-5);
