// A network that computes: an architecture with numbers for its parameters.
import type { Architecture } from "../../archbert/graph/architecture";
import { ArchError } from "../../archbert/graph/errors";
import { checkNetwork, checkOptions } from "../../archbert/graph/guard";
import { type Rng, rng } from "../../archbert/graph/random";
import { type ChosenBackend, useBackend } from "../backends";
import type { Weight } from "../trained";
import { halved, initial } from "./initialize";
import { laidShape, lastChannels, lay, unlay } from "./layout";
import type { Tensor, Tf, Variable } from "./ops";
import { straight } from "./ops/op";
import { type Plan, type PlannedParameter, planOf, type Step } from "./plan";

export interface NetworkParameter {
  name: string;
  /** False for running statistics. */
  trainable: boolean;
  /** Whether weight decay pulls at it: kernels and matrices, not norms and biases. */
  decays: boolean;
  /** Owned by the network. Its axes are in the order that the backend wants. */
  variable: Variable;
}

export interface Network {
  readonly architecture: Architecture;
  readonly backend: ChosenBackend;
  /** Of one example, as it goes in: [height, width, channels] or [features]. */
  readonly inputShape: readonly number[];
  /** Of one example, as it comes out; pictures with their channels last. */
  readonly outputShape: readonly number[];
  readonly parameters: readonly NetworkParameter[];
  /**
   * @param inputs float32 [B, ...inputShape]; borrowed
   * @param training where dropout's chance comes from; when given, batch norm takes the batch's statistics and moves
   *   its own
   * @returns float32 [B, ...outputShape]; owned by the caller
   */
  forward(inputs: Tensor, training?: Rng | null): Tensor;
  /** Copies of all parameters, running statistics among them. */
  weights(): Promise<Weight[]>;
  /** @throws ArchError when names or shapes are not this network's */
  assign(weights: readonly Weight[]): void;
  /** Frees the parameters. */
  dispose(): void;
}

export interface ModelOptions {
  seed?: number;
  /** Of `useBackend`; the best there is when not given. */
  backend?: string;
}

/**
 * The network that the architecture describes, with fresh weights.
 *
 * @param architecture borrowed; made by `build`, or of the same ops
 * @throws ArchError naming the op and the node that cannot be computed
 */
export async function toModel(architecture: Architecture, options: ModelOptions = {}): Promise<Network> {
  checkNetwork(architecture, "toModel");
  checkOptions(options, "toModel");
  const plan = planOf(architecture);
  const backend = await useBackend(options.backend);
  return networkOf(architecture, plan, backend, options.seed ?? 1);
}

function networkOf(architecture: Architecture, plan: Plan, backend: ChosenBackend, seed: number): Network {
  const { tf } = backend;
  const random = rng(seed);
  const isHalved = halved(architecture);
  const byName = new Map<string, { planned: PlannedParameter; variable: Variable }>();
  for (const planned of plan.parameters) {
    const { parameter, key, node, layout } = planned;
    const data = initial(parameter, key, node, isHalved.has(node.id), random.fork());
    const variable = tf.tidy(() =>
      tf.variable(tf.tensor(lay(data, layout), laidShape(layout)), parameter.trainable),
    );
    byName.set(parameter.name, { planned, variable });
  }
  const entries = [...byName.values()];
  const weightOf = (name: string) => byName.get(name)?.variable;
  return {
    architecture,
    backend,
    inputShape: lastChannels(plan.inputShape),
    outputShape: lastChannels(plan.outputShape),
    parameters: entries.map(({ planned: { parameter, key }, variable }) => ({
      name: parameter.name,
      trainable: parameter.trainable,
      decays: key === "weight",
      variable,
    })),
    forward: (inputs, training = null) => tf.tidy(() => forward(tf, plan, weightOf, inputs, training)),
    weights: () =>
      Promise.all(
        entries.map(async ({ planned: { parameter, layout }, variable }) => ({
          name: parameter.name,
          shape: parameter.shape,
          data: unlay(Float32Array.from(await variable.data()), layout),
        })),
      ),
    assign: (weights) => {
      checkWeights(weights, plan, architecture.name);
      for (const { name, data } of weights) {
        const entry = byName.get(name);
        if (!entry) continue;
        const { layout } = entry.planned;
        tf.tidy(() => entry.variable.assign(tf.tensor(lay(data, layout), laidShape(layout))));
      }
    },
    dispose: () => {
      for (const { variable } of entries) variable.dispose();
    },
  };
}

/** @throws ArchError when these are not the network's weights, each once */
export function checkWeights(weights: readonly Weight[], plan: Plan, where: string): void {
  const wanted = new Map(plan.parameters.map(({ parameter }) => [parameter.name, parameter.shape]));
  if (weights.length !== wanted.size || new Set(weights.map(({ name }) => name)).size !== wanted.size) {
    throw new ArchError(`${weights.length} weights for ${wanted.size} parameters`, { where });
  }
  for (const { name, shape, data } of weights) {
    const own = wanted.get(name);
    if (!own) throw new ArchError(`a weight for ${name}, which it does not have`, { where });
    const size = own.reduce((a, b) => a * b, 1);
    if (own.join() !== shape.join() || data.length !== size) {
      throw new ArchError(`${name} is ${own.join("x")}, not ${shape.join("x")}`, { where });
    }
  }
}

function forward(
  tf: Tf,
  plan: Plan,
  weightOf: (name: string) => Variable | undefined,
  inputs: Tensor,
  training: Rng | null,
): Tensor {
  const values = new Map<string, Tensor>([[plan.input, inputs]]);
  for (const step of plan.steps) values.set(step.output, run(tf, step, values, weightOf, training));
  const output = values.get(plan.output);
  if (!output) throw new Error("internal: the network has no output");
  if (plan.outputTurned) return straight(output, true);
  return output === inputs ? output.clone() : output;
}

function run(
  tf: Tf,
  { node, executor, shapes, shape, turned }: Step,
  values: ReadonlyMap<string, Tensor>,
  weightOf: (name: string) => Variable | undefined,
  training: Rng | null,
): Tensor {
  const read = node.inputs.map((id, i) => {
    const value = values.get(id);
    if (!value) throw new Error(`internal: ${node.id} reads ${id} before it is made`);
    return turned[i] && !executor.turns ? straight(value, true) : value;
  });
  const weight = (key: string) => weightOf(`${node.id}.${key}`);
  return executor.run({
    tf,
    node,
    inputs: read,
    shapes,
    shape,
    turned,
    training,
    has: (key) => weight(key) !== undefined,
    weight: (key) => {
      const variable = weight(key);
      if (!variable) throw new Error(`internal: ${node.id} has no ${key}`);
      return variable;
    },
  });
}
