// From a Keras configuration to calls of layers: Sequential, Functional and nested models, of Keras 2 and 3.
import type { Shape } from "../../architecture";
import { ImportError } from "../../errors";
import { isObject, type Json, list, object, text } from "../json";
import { order, quote } from "../order";
import type { Tensor, Writer } from "../writer";
import { type Argument, LayerCall, type ParameterShapes } from "./call";
import { translate } from "./layers";
import { dtypeOf, sizesOf } from "./values";

/** Models and layers nested deeper than this are an attack, not a network. */
const maxDepth = 24;

/** A layer as it is called once: "name", call number, and what it is given. */
interface Call {
  layer: Json;
  name: string;
  index: number;
  args: readonly unknown[];
  kwargs: Json;
}

/** A tensor that a call makes. */
interface Reference {
  name: string;
  call: number;
  tensor: number;
  /** What the file says of its shape. */
  shape: Shape;
}

/** What tells a tensor within its model. */
const key = ({ name, call, tensor }: Pick<Reference, "name" | "call" | "tensor">) =>
  `${name}\n${call}\n${tensor}`;

/** The tensors of a model, by the calls that make them. */
class Values {
  private readonly tensors = new Map<string, Tensor>();
  /** Keras counts the calls of a model from one, the first being its own: but not in every reference to it. */
  private readonly first = new Map<string, number>();

  constructor(calls: readonly Call[], returned: readonly Reference[]) {
    const last = new Map<string, number>();
    for (const { name, index } of calls) last.set(name, Math.max(last.get(name) ?? 0, index));
    for (const { name, call } of [
      ...returned,
      ...calls.flatMap(({ args, kwargs }) => references([args, kwargs])),
    ]) {
      if (call === (last.get(name) ?? 0) + 1) this.first.set(name, 1);
    }
  }

  callOf({ name, call }: Pick<Reference, "name" | "call">): number {
    return call - (this.first.get(name) ?? 0);
  }

  keyOf(item: Reference): string {
    return key({ ...item, call: this.callOf(item) });
  }

  get(item: Reference): Tensor | undefined {
    return this.tensors.get(this.keyOf(item));
  }

  set(made: Pick<Reference, "name" | "call" | "tensor">, tensor: Tensor): void {
    this.tensors.set(key(made), tensor);
  }
}

export class Models {
  private depth = 0;
  /** How often a layer, by its path, has been called: shared layers are called more than once. */
  private readonly calls = new Map<string, number>();

  constructor(
    private readonly writer: Writer,
    private readonly where: string,
    /** Shapes of weights, by the paths of their layers, where the file lists them. */
    private readonly weights: ParameterShapes,
    /** Whether pictures are channels last in this file. */
    private readonly channelsLast: boolean,
  ) {}

  /**
   * @param model `{ class_name, config }`
   * @param path of the model's layers; "" for the whole
   * @param given what it is called with; its own inputs when not given
   */
  run(model: Json, path: string, given?: readonly Tensor[]): Tensor[] {
    this.enter();
    const config = model.config;
    const name = text(model.class_name, "model");
    let outputs: Tensor[];
    if (
      Array.isArray(config) ||
      (isObject(config) && config.input_layers === undefined && Array.isArray(config.layers))
    ) {
      outputs = this.sequential(
        object(config),
        Array.isArray(config) ? config : list(config.layers),
        path,
        given,
      );
    } else if (isObject(config) && Array.isArray(config.layers)) {
      outputs = this.functional(config, path, given);
    } else {
      throw new ImportError(
        `the model ${quote(name)} is a subclass: its configuration does not say what its layers do`,
        {
          where: this.where,
          fix: 'Export it to ONNX instead, with model.export(FILE, format="onnx")',
        },
      );
    }
    this.depth--;
    return outputs;
  }

  private sequential(
    config: Json,
    layers: readonly unknown[],
    path: string,
    given?: readonly Tensor[],
  ): Tensor[] {
    let at = given;
    const [head] = layers;
    const rest = isInput(object(head)) ? layers.slice(1) : layers;
    if (!at) {
      const shape = this.inputShape(config, object(head));
      if (shape === undefined) {
        throw new ImportError("the model was never built: nothing says what its input is", {
          where: this.where,
          fix: "Call model.build(input_shape) before saving it, or begin it with keras.Input",
        });
      }
      const named = isInput(object(head)) ? nameOf(object(head), "input") : "input";
      at = [this.input(`${path}${named}`, shape, object(object(head).config).dtype)];
    }
    rest.forEach((item, i) => {
      const layer = object(item);
      const made = this.layer(layer, `${path}${nameOf(layer, `layer${i + 1}`)}`, at ?? [], {
        args: at ?? [],
      });
      const said = object(object(rest[i + 1]).build_config).input_shape;
      at = made.length === 1 ? made.map((tensor) => this.writer.settle(tensor, sizesOf(said))) : made;
    });
    return [...at];
  }

  /** What the first layer, or the model, says of the input. */
  private inputShape(config: Json, first: Json): unknown {
    const own = object(first.config);
    const built = object(first.build_config).input_shape;
    const shape = own.batch_shape ?? own.batch_input_shape ?? config.build_input_shape ?? built;
    if (shape !== undefined && shape !== null) return shape;
    // A Sequential may begin with another model, which knows its input.
    const inner = list(Array.isArray(first.config) ? first.config : own.layers)[0];
    return inner === undefined
      ? undefined
      : (object(object(inner).config).batch_shape ?? object(object(inner).config).batch_input_shape);
  }

  private functional(config: Json, path: string, given?: readonly Tensor[]): Tensor[] {
    const calls = list(config.layers).flatMap((item) => callsOf(object(item)));
    const returned = references(config.output_layers);
    const values = new Values(calls, returned);
    const said = shapesSaid(calls, values);
    const entries = references(config.input_layers).map(({ name }) => name);
    if (given && given.length !== entries.length) {
      throw this.error(`a model of ${entries.length} inputs is called with ${given.length}`);
    }
    given?.forEach((tensor, i) => {
      values.set({ name: entries[i] ?? "", call: 0, tensor: 0 }, tensor);
    });
    const outer = new Set(given ? entries : []);
    const open = calls.filter(({ name }) => !outer.has(name));
    const describe = (call: Call) => ({
      title: call.name,
      reads: references([call.args, call.kwargs]).map((item) => `${item.name}\n${values.callOf(item)}`),
      makes: [`${call.name}\n${call.index}`],
    });
    const isGiven = (made: string) => made.endsWith("\n0") && outer.has(made.slice(0, -2));
    for (const call of order(open, describe, isGiven, this.where)) {
      const { layer, name, index } = call;
      const outputs = isInput(layer)
        ? [this.input(`${path}${name}`, inputShapeOf(layer), object(layer.config).dtype)]
        : this.layer(layer, `${path}${name}`, this.resolve(call, values), {
            args: call.args.map((item) => this.argument(item, values)),
            kwargs: Object.fromEntries(
              Object.entries(call.kwargs).map(([k, v]) => [k, this.argument(v, values)]),
            ),
          });
      outputs.forEach((tensor, i) => {
        const made = { name, call: index, tensor: i };
        values.set(made, this.writer.settle(tensor, said.get(key(made)) ?? null));
      });
    }
    return returned.map((item) => this.found(item, values));
  }

  /** All tensors that a call is given, in the order of its arguments. */
  private resolve({ args, kwargs }: Call, values: Values): Tensor[] {
    const rest = Object.fromEntries(
      Object.entries(kwargs).filter(([name]) => name !== "mask" && name !== "training"),
    );
    return references([args, rest]).map((item) => this.found(item, values));
  }

  private found(item: Reference, values: Values): Tensor {
    const tensor = values.get(item);
    if (!tensor) throw this.error(`nothing makes output ${item.tensor} of layer ${quote(item.name)}`);
    return tensor;
  }

  private argument(value: unknown, values: Values, depth = 0): Argument {
    const reference = referenceOf(value);
    if (reference) return this.found(reference, values);
    if (Array.isArray(value) && depth < 8) return value.map((item) => this.argument(item, values, depth + 1));
    if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
    return null;
  }

  private layer(
    layer: Json,
    path: string,
    inputs: readonly Tensor[],
    given: { args: readonly Argument[]; kwargs?: Readonly<Record<string, Argument>> },
  ): Tensor[] {
    if (isModel(layer)) return this.run(layer, `${path}/`, inputs);
    this.enter();
    const config = object(layer.config);
    const count = (this.calls.get(path) ?? 0) + 1;
    this.calls.set(path, count);
    const call = new LayerCall(this.writer, {
      where: this.where,
      kind: text(layer.class_name, "Layer"),
      module: text(layer.module),
      config,
      build: object(layer.build_config),
      path,
      id: count === 1 ? path : `${path}#${count}`,
      inputs,
      args: given.args,
      kwargs: given.kwargs ?? {},
      weights: this.weights,
      channelsLast: this.channelsLast,
      inner: (item, name, tensors) => this.layer(item, `${path}/${name}`, tensors, { args: tensors }),
    });
    this.writer.origin = call.kind;
    const made = translate(call);
    this.depth--;
    return made;
  }

  private input(name: string, shape: unknown, dtype: unknown): Tensor {
    return this.writer.input(
      name,
      sizesOf(shape),
      dtypeOf(dtype),
      this.channelsLast && list(shape).length >= 4,
    );
  }

  /** A layer may hold another, a model others: a file can nest them without end. */
  private enter(): void {
    if (++this.depth > maxDepth) throw this.error(`layers nested more than ${maxDepth} deep`);
  }

  private error(message: string): ImportError {
    return new ImportError(message, { where: this.where });
  }
}

function isInput(layer: Json): boolean {
  return layer.class_name === "InputLayer";
}

function isModel({ class_name: kind, config }: Json): boolean {
  return (
    Array.isArray(config) ||
    kind === "Functional" ||
    kind === "Model" ||
    kind === "Sequential" ||
    Array.isArray(object(config).input_layers)
  );
}

function nameOf(layer: Json, byDefault: string): string {
  return text(layer.name, text(object(layer.config).name, byDefault));
}

function inputShapeOf(layer: Json): unknown {
  const config = object(layer.config);
  return config.batch_shape ?? config.batch_input_shape;
}

/** One entry a use of the layer; inputs have one without arguments. */
function callsOf(layer: Json): Call[] {
  const name = nameOf(layer, "");
  const nodes = list(layer.inbound_nodes);
  if (nodes.length === 0 && isInput(layer)) return [{ layer, name, index: 0, args: [], kwargs: {} }];
  return nodes.map((node, index): Call => {
    if (isObject(node)) return { layer, name, index, args: list(node.args), kwargs: object(node.kwargs) };
    // Keras 2: a list of [layer, call, tensor, keywords], or one of these alone.
    const items = typeof list(node)[0] === "string" ? [node] : list(node);
    const kwargs: Record<string, unknown> = {};
    for (const item of items) Object.assign(kwargs, object(list(item)[3]));
    return {
      layer,
      name,
      index,
      args: items.map((item) =>
        list(item)[0] === "_CONSTANT_VALUE" ? list(item)[2] : list(item).slice(0, 3),
      ),
      kwargs,
    };
  });
}

/** A tensor of a call: Keras 3's `__keras_tensor__`, or Keras 2's [layer, call, tensor]. */
function referenceOf(value: unknown): Reference | undefined {
  if (isObject(value)) {
    const { keras_history: history, shape } = object(value.config);
    const found = value.class_name === "__keras_tensor__" ? referenceOf(history) : undefined;
    return found && { ...found, shape: sizesOf(shape) };
  }
  if (!Array.isArray(value) || value.length < 3 || value.length > 4) return undefined;
  const [name, call, tensor] = value as unknown[];
  if (typeof name !== "string" || !isCount(call) || !isCount(tensor)) return undefined;
  return { name, call, tensor, shape: null };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;

/** Every tensor in a structure of arguments, in order. */
function references(value: unknown): Reference[] {
  const found: Reference[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const at = open.pop();
    const reference = referenceOf(at);
    if (reference) found.push(reference);
    else if (Array.isArray(at) || isObject(at))
      for (const item of Object.values(at).reverse()) open.push(item);
  }
  return found;
}

/** What the calls say of the shapes of the tensors they read. */
function shapesSaid(calls: readonly Call[], values: Values): Map<string, Shape> {
  const said = new Map<string, Shape>();
  for (const { args, kwargs } of calls) {
    for (const item of references([args, kwargs])) if (item.shape) said.set(values.keyOf(item), item.shape);
  }
  return said;
}
