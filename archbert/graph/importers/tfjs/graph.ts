// A TensorFlow graph, as TensorFlow.js keeps it: nodes in JSON, shapes of weights in a manifest, their numbers elsewhere.
import type { Architecture, Dimension, Shape } from "../../architecture";
import { ImportError } from "../../errors";
import { type Json, list, object, text } from "../json";
import { order, quote } from "../order";
import { maxNodes, type Tensor, Writer } from "../writer";
import { type Constant, dimsOf, dtypeOf, type Input, isConstant, Use } from "./node";
import { translate } from "./ops";

interface FileNode {
  name: string;
  op: string;
  node: Json;
  /** Without the control edges, which only say what runs first. */
  inputs: { name: string; output: number }[];
}

export interface Signature {
  inputs: ReadonlyMap<string, readonly number[]>;
  outputs: readonly { name: string; output: number; shape: readonly number[] | undefined }[];
}

/** What turns in a loop goes back with these; the graph is drawn without the way back. */
const backward = "NextIteration";

/**
 * @param topology `{ node: [{ name, op, input, attr }] }`
 * @param constants shapes of weights by the names of their nodes
 */
export function readGraph(
  topology: Json,
  constants: ReadonlyMap<string, Constant>,
  signature: Signature,
  where: string,
  name: string,
): Architecture {
  const items = list(topology.node);
  if (items.length > maxNodes) throw new ImportError(`more than ${maxNodes} nodes`, { where });
  const nodes = items.map((item) => readNode(object(item)));
  const graph = new Graph(nodes, constants, signature, where);
  return graph.read(name);
}

function readNode(node: Json): FileNode {
  const inputs = list(node.input).flatMap((item) => {
    const full = text(item);
    if (full === "" || full.startsWith("^")) return [];
    const [, name = full, output = "0"] = /^(.*?)(?::(\d{1,4}))?$/s.exec(full) ?? [];
    return [{ name, output: Number(output) }];
  });
  return { name: text(node.name), op: text(node.op), node, inputs };
}

class Graph {
  private readonly writer: Writer;
  private readonly known = new Map<string, readonly Input[]>();
  private readonly byName: ReadonlyMap<string, FileNode>;
  private readonly readers = new Map<string, { node: FileNode; place: number }[]>();
  private readonly outputs = new Map<string, number>();
  /** Shapes that the signature gives outputs. */
  private readonly signed = new Map<string, readonly number[]>();
  private readonly told = new Map<string, readonly number[] | undefined>();

  constructor(
    private readonly nodes: readonly FileNode[],
    private readonly constants: ReadonlyMap<string, Constant>,
    private readonly signature: Signature,
    private readonly where: string,
  ) {
    this.writer = new Writer(where);
    this.byName = new Map(nodes.map((node) => [node.name, node]));
    for (const node of nodes) {
      node.inputs.forEach((input, place) => {
        const list = this.readers.get(input.name);
        if (list) list.push({ node, place });
        else this.readers.set(input.name, [{ node, place }]);
        this.outputs.set(input.name, Math.max(this.outputs.get(input.name) ?? 0, input.output + 1));
      });
    }
    for (const { name, output, shape } of signature.outputs) {
      if (output === 0 && shape) this.signed.set(name, shape);
      this.outputs.set(name, Math.max(this.outputs.get(name) ?? 0, output + 1));
    }
  }

  read(name: string): Architecture {
    const isBack = (input: { name: string }) => this.byName.get(input.name)?.op === backward;
    const describe = (node: FileNode) => ({
      title: node.name,
      reads: node.inputs.filter((input) => !isBack(input)).map((input) => input.name),
      makes: [node.name],
    });
    for (const node of order(this.nodes, describe, () => false, this.where)) {
      const inputs = node.inputs.filter((input) => !isBack(input)).map((input) => this.find(input));
      this.known.set(node.name, this.node(node, inputs));
    }
    const returned = this.returned();
    return this.writer.finish(name, "tfjs", returned, {});
  }

  private find({ name, output }: { name: string; output: number }): Input {
    const made = this.known.get(name);
    // Some ops are read at an output that nothing here makes: the first stands for it.
    const input = made?.[output] ?? made?.[0];
    if (!input) throw new ImportError(`nothing makes ${quote(`${name}:${output}`)}`, { where: this.where });
    return input;
  }

  private node({ name, op, node }: FileNode, inputs: readonly Input[]): readonly Input[] {
    if (op === "Const") return [this.constant(name, node)];
    if (op === "Placeholder") return [this.placeholder(name, node)];
    // What only constants go into is a constant, as long as its shape stays.
    const [first] = inputs;
    if (inputs.length === 1 && isConstant(first) && /^(Identity|Cast|Enter|StopGradient)$/.test(op))
      return [first];
    const use = new Use(
      this.writer,
      name,
      op,
      node,
      inputs,
      this.outputs.get(name) ?? 1,
      this.said(name),
      this.window(name),
    );
    this.writer.origin = op;
    const made = translate(use);
    return made.map((tensor, i) => (i === 0 ? this.settle(tensor, name, inputs) : tensor));
  }

  /** Sizes that only what follows tells. */
  private settle(tensor: Tensor, name: string, inputs: readonly Input[]): Tensor {
    const said = this.said(name);
    const first = inputs.find((input): input is Tensor => !isConstant(input));
    const known = tensor.shape ?? (said ? said.map((): Dimension => "?") : null);
    if (!said || said.length !== known?.length) return tensor;
    const batch = first?.shape?.[0];
    return this.writer.settle(
      tensor,
      said.map(
        (size, i): Dimension =>
          size >= 0 ? size : i === 0 && batch !== undefined ? batch : (known[i] ?? "?"),
      ),
    );
  }

  private constant(name: string, node: Json): Constant {
    const { tensor } = object(object(node.attr).value);
    const { tensorShape, dtype, intVal, floatVal } = object(tensor);
    const shape = (dimsOf(tensorShape) ?? []).map((size) => Math.max(0, size));
    const constant = this.constants.get(name) ?? {
      name,
      shape,
      dtype: dtypeOf(dtype ?? object(object(node.attr).dtype).type),
    };
    const values = numbersOf(intVal ?? floatVal);
    return values?.length === constant.shape.reduce((a, b) => a * b, 1) ? { ...constant, values } : constant;
  }

  private placeholder(name: string, node: Json): Tensor {
    const attributes = object(node.attr);
    const own = dimsOf(object(attributes.shape).shape);
    const signed = this.signature.inputs.get(name);
    const dims =
      signed && (!own || own.includes(-1)) && (!own || own.length === signed.length) ? signed : own;
    const shape = dims ? named(dims) : null;
    return this.writer.input(
      name,
      shape,
      dtypeOf(object(attributes.dtype).type),
      this.channelsLast && shape?.length === 4,
    );
  }

  /** Unless every layer over pictures says otherwise. */
  private get channelsLast(): boolean {
    const formats = this.nodes.flatMap(({ node }) => {
      const { s } = object(object(node.attr).data_format);
      return typeof s === "string" ? [s] : [];
    });
    return formats.length === 0 || formats.some((format) => format === "TkhXQw==" || format === "NHWC");
  }

  /**
   * What the signature or the readers of a value say of its shape, -1 for what they do not: a matrix has as many rows as
   * what it multiplies has features, a filter as many channels as the picture.
   */
  private said(name: string, depth = 0): readonly number[] | undefined {
    if (this.told.has(name)) return this.told.get(name);
    const shape = this.look(name, depth);
    if (depth === 0) this.told.set(name, shape);
    return shape;
  }

  private look(name: string, depth: number): readonly number[] | undefined {
    const signed = this.signed.get(name);
    if (signed) return signed;
    for (const { node, place } of this.readers.get(name) ?? []) {
      const weight = this.constants.get(node.inputs[1]?.name ?? "")?.shape;
      if (/MatMul$/.test(node.op) && place === 0 && weight?.length === 2) {
        const transposed = object(object(node.node.attr).transpose_b).b === true;
        return [-1, weight[transposed ? 1 : 0] ?? -1];
      }
      if (/Conv2[dD]/.test(node.op) && place === 0 && weight?.length === 4)
        return [-1, -1, -1, weight[2] ?? -1];
      const single = node.inputs.length === 1 && /^(Identity|Relu6?|Sigmoid|Softmax|Tanh)$/.test(node.op);
      const found = single && depth < 8 ? this.said(node.name, depth + 1) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** Sizes of the window that goes over a value without padding of its own: undefined where none does. */
  private window(name: string): readonly number[] | undefined {
    for (const { node, place } of this.readers.get(name) ?? []) {
      const attributes = object(node.node.attr);
      if (place !== 0 || text(object(attributes.padding).s) !== "VkFMSUQ=") continue;
      const filter = /Conv2[dD]/.test(node.op)
        ? this.constants.get(node.inputs[1]?.name ?? "")?.shape
        : undefined;
      const along = (key: string) =>
        list(object(object(attributes[key]).list).i)
          .slice(1, 3)
          .map(Number);
      const kernel = filter?.length === 4 ? filter.slice(0, 2) : /Pool$/.test(node.op) ? along("ksize") : [];
      const dilations = along("dilations");
      if (kernel.length === 2) return kernel.map((size, i) => (size - 1) * (dilations[i] || 1) + 1);
    }
    return undefined;
  }

  private returned(): Tensor[] {
    const { outputs } = this.signature;
    const named =
      outputs.length > 0
        ? outputs
        : this.nodes
            .filter(
              ({ name, op }) =>
                !this.readers.has(name) && !/^(Const|Placeholder|NoOp|NextIteration)$/.test(op),
            )
            .map(({ name }) => ({ name, output: 0 }));
    return named.map((item) => {
      const input = this.find(item);
      return isConstant(input)
        ? this.writer.add("constant", item.name, [], { shape: [...input.shape] }, { dtype: input.dtype })
        : input;
    });
  }
}

/** A few numbers of a constant; undefined where there are none, or many. */
function numbersOf(given: unknown): number[] | undefined {
  const values = list(given).slice(0, 17).map(Number);
  return values.length > 0 && values.length <= 16 && values.every(Number.isFinite) ? values : undefined;
}

/** Open sizes under the names of what they mean. */
function named(dims: readonly number[]): Shape {
  const names =
    dims.length === 4
      ? ["batch", "height", "width", "channels"]
      : dims.length <= 3
        ? ["batch", "sequence", "features"]
        : ["batch"];
  return dims.map((size, axis): Dimension => (size >= 0 ? size : (names[axis] ?? "?")));
}
