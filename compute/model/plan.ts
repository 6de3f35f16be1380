// What to run for a network: its nodes with their executors and shapes, checked before anything is computed.
import type { Architecture, ArchNode, Parameter, Shape } from "../../archbert/graph/architecture";
import { ArchError } from "../../archbert/graph/errors";
import { executorOf, type Layout, type OpExecutor } from "./ops";

const languageOnly = "Train a network of the architecture language, or one of its ops";

export interface Step {
  node: ArchNode;
  executor: OpExecutor;
  /** Without the batch. */
  shapes: readonly (readonly number[])[];
  shape: readonly number[];
  turned: readonly boolean[];
  output: string;
}

export interface PlannedParameter {
  parameter: Parameter;
  node: ArchNode;
  /** What the executor calls it: "weight". */
  key: string;
  layout: Layout;
}

export interface Plan {
  /** Id and shape of the network's input, without the batch, as the architecture says it. */
  input: string;
  inputShape: readonly number[];
  output: string;
  outputShape: readonly number[];
  /** Whether the output lies turned (see `Call.turned`). */
  outputTurned: boolean;
  steps: readonly Step[];
  parameters: readonly PlannedParameter[];
}

/** Numbers of a value, for one example: what the language lets flow, widened inside a block. */
const mostValues = 2 ** 28;
/** Learned numbers that a network may have here: what fits in a process with its gradients and moments. */
const mostParameters = 2 ** 27;

/**
 * @param architecture borrowed; any network of the ops in ./ops whose sizes are known, as `build` makes them
 * @throws ArchError naming the op and the node that cannot be computed
 */
export function planOf(architecture: Architecture): Plan {
  const [input] = architecture.inputs;
  const [output] = architecture.outputs;
  if (
    architecture.inputs.length !== 1 ||
    !input ||
    architecture.outputs.length !== 1 ||
    output === undefined
  ) {
    throw refusal(architecture.name, "only a network of one input and one output can be computed");
  }
  const shapes = new Map<string, readonly number[]>([[input.id, sizesOf(input.shape, input.id)]]);
  const turned = new Set<string>();
  const steps: Step[] = [];
  const parameters: PlannedParameter[] = [];
  for (const node of architecture.nodes) {
    const step = stepOf(node, shapes, turned);
    steps.push(step);
    for (const parameter of node.parameters) parameters.push(plannedOf(parameter, step));
  }
  const inputShape = shapes.get(input.id) ?? [];
  const outputShape = shapes.get(output);
  if (!outputShape) throw refusal(architecture.name, "no node makes the output");
  const total = parameters.reduce(
    (sum, { parameter }) => sum + parameter.shape.reduce((a, b) => a * b, 1),
    0,
  );
  if (total > mostParameters)
    throw refusal(architecture.name, `${total} parameters are more than can be trained here`);
  return {
    input: input.id,
    inputShape,
    output,
    outputShape,
    outputTurned: turned.has(output),
    steps,
    parameters,
  };
}

function stepOf(node: ArchNode, shapes: Map<string, readonly number[]>, turned: Set<string>): Step {
  const executor = executorOf(node.op);
  if (!executor) throw cannot(node, "cannot be computed", languageOnly);
  const [made] = node.outputs;
  if (node.outputs.length !== 1 || !made) throw cannot(node, "has other than one output");
  const inputs = node.inputs.map((id) => {
    const shape = shapes.get(id);
    if (!shape) throw cannot(node, `reads ${id}, which no node before it makes`);
    return shape;
  });
  if (inputs.length === 0) throw cannot(node, "reads nothing");
  const why = executor.refuses?.(node, inputs);
  if (why !== undefined) throw cannot(node, why, languageOnly);
  for (const key of executor.needs ?? []) {
    if (!node.parameters.some(({ name }) => name === `${node.id}.${key}`)) {
      throw cannot(node, `has no parameter called ${node.id}.${key}`, languageOnly);
    }
  }
  const lies = node.inputs.map((id) => turned.has(id));
  if (executor.turns?.(node, inputs, lies)) turned.add(made.id);
  shapes.set(made.id, sizesOf(made.shape, made.id));
  return {
    node,
    executor,
    shapes: inputs,
    shape: sizesOf(made.shape, made.id),
    turned: lies,
    output: made.id,
  };
}

function plannedOf(parameter: Parameter, { node, executor }: Step): PlannedParameter {
  const { name, shape } = parameter;
  const prefix = `${node.id}.`;
  if (!name.startsWith(prefix)) {
    throw cannot(node, `calls a parameter ${name}`, languageOnly);
  }
  if (shape.some((size) => !Number.isSafeInteger(size) || size < 1))
    throw cannot(node, `has no size for ${name}`);
  const key = name.slice(prefix.length);
  const layout = executor.layout?.(key, shape, node) ?? { view: shape, axes: shape.map((_, axis) => axis) };
  return { parameter, node, key, layout };
}

function sizesOf(shape: Shape, where: string): number[] {
  const sizes = shape?.slice(1) ?? [];
  if (!shape || sizes.length === 0 || sizes.length > 3)
    throw refusal(where, "is no batch of vectors, tokens or pictures");
  const known = sizes.map((size) => {
    if (typeof size === "number") return size;
    throw new ArchError(`has an axis whose size is not known (${size ?? "?"})`, {
      where,
      fix: "Save the network with fixed sizes: only the batch may vary",
    });
  });
  const volume = known.reduce((a, b) => a * b, 1);
  if (volume > mostValues)
    throw refusal(where, `${volume} numbers an example are more than can be computed here`);
  return known;
}

function cannot({ id, op }: ArchNode, why: string, fix?: string): ArchError {
  return new ArchError(`the op ${op} ${why}`, { where: id, fix });
}

function refusal(where: string, what: string): ArchError {
  return new ArchError(what, { where });
}
