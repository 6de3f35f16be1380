// A trained network at work.
import type { Architecture } from "../../archbert/graph/architecture";
import { ArchError } from "../../archbert/graph/errors";
import { checkFloats, checkList, checkNetwork, checkOptions, checkOutline } from "../../archbert/graph/guard";
import { type Network, planOf, toModel } from "../model";
import type { Evaluation, Weight } from "../trained";
import { checkFitting, type Examples } from "./examples";
import { evaluateNetwork, outputsOf } from "./pass";

type Learned = { architecture: Architecture; weights: readonly Weight[] };

export interface RunOptions {
  /** Of `useBackend`; the best there is when not given. */
  backend?: string;
}

/**
 * How well it tells the examples apart.
 *
 * @param examples borrowed
 * @throws ArchError when network and examples do not fit
 */
export async function evaluate(
  trained: Learned,
  examples: Examples,
  options: RunOptions = {},
): Promise<Evaluation> {
  checkTrained(trained, "evaluate");
  checkOptions(options, "evaluate");
  checkFitting(examples, planOf(trained.architecture), trained.architecture, "given");
  return withNetwork(trained, options, (network) => evaluateNetwork(network, examples));
}

export interface Outputs {
  /** Row after row: logits of the classes, or what else the network returns, pictures with their channels last. */
  values: Float32Array;
  /** Of one output. */
  shape: readonly number[];
}

/**
 * What the network makes of the inputs.
 *
 * @param inputs example after example, each as the network reads it (pictures with their channels last); borrowed
 * @throws ArchError when they are no whole number of examples
 */
export async function predict(
  trained: Learned,
  inputs: Float32Array,
  options: RunOptions = {},
): Promise<Outputs> {
  checkTrained(trained, "predict");
  checkOptions(options, "predict");
  if (!(inputs instanceof Float32Array)) {
    throw new ArchError("the inputs must be a Float32Array", { where: "predict" });
  }
  return withNetwork(trained, options, async (network) => {
    const { inputShape: shape, outputShape } = network;
    const size = shape.reduce((a, b) => a * b, 1);
    if (inputs.length === 0 || inputs.length % size !== 0) {
      throw new ArchError(`${inputs.length} numbers are not a number of inputs of ${shape.join("x")}`, {
        where: trained.architecture.name,
      });
    }
    return { values: await outputsOf(network, { inputs, shape }), shape: outputShape };
  });
}

/** @throws ArchError for what is no network with its weights */
export function checkTrained(trained: unknown, where: string): void {
  const outline = { architecture: "object", weights: "list" } as const;
  checkOutline(trained, outline, where, "what train or loadTrained returns");
  const { architecture, weights } = trained as Learned;
  checkNetwork(architecture, where);
  checkList(weights, "weights", where, (weight) => {
    checkOutline(weight, { name: "string", shape: "list", data: "object" }, where, "a weight");
    checkFloats((weight as Weight).data, `${where} weights`);
  });
}

async function withNetwork<T>(
  { architecture, weights }: Learned,
  { backend }: RunOptions,
  work: (network: Network) => Promise<T>,
): Promise<T> {
  const network = await toModel(architecture, { backend });
  try {
    network.assign(weights);
    return await work(network);
  } finally {
    network.dispose();
  }
}
