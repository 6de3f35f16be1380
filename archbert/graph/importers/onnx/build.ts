// From an OnnxFile to an Architecture: orders the nodes, folds constants, infers shapes, and tells weights from data.
import type {
  Architecture,
  ArchNode,
  Attribute,
  Dimension,
  DType,
  Parameter,
  Shape,
  Value,
} from "../../architecture";
import { unknown } from "../../dimensions";
import { ImportError } from "../../errors";
import { opOf } from "../../ops";
import { alive, order, quote } from "../order";
import { owners } from "./copies";
import { type FileGraph, type FileNode, isGraph, isTensor, type OnnxFile, type Tensor } from "./file";
import { fold, rangeSize } from "./fold";
import { fromTensor, type Known, nothingKnown, type Root, Use } from "./known";
import { Sequences } from "./sequences";
import { type Body, bodyOf, captured, reads, renamedNode } from "./subgraph";
import { dtypes, maxValues } from "./tensor";
import { translate } from "./translate";
import { sizes, type Translation } from "./translators";
import { unfused } from "./unfused";
import {
  isComputed,
  isFill,
  isWeight,
  joined,
  learned,
  namesWeights,
  ofWeight,
  operand,
  parametersOf,
  rootsOf,
  takesWeights,
} from "./weights";

export function build(file: OnnxFile, name: string, where: string): Architecture {
  const builder = new Builder(where, file.opset);
  const { graph } = file;
  for (const input of graph.inputs)
    builder.define(input.id, { ...nothingKnown, shape: input.shape, dtype: input.dtype });
  builder.graph(graph);
  const outputs = graph.outputs.map((output) => builder.output(output));
  const nodes = alive(builder.nodes, outputs);
  return {
    version: 1,
    name,
    format: "onnx",
    inputs: graph.inputs,
    outputs: [...new Set(outputs)],
    nodes,
    metadata: { ...file.metadata, ...builder.metadata },
  };
}

/** Walks a graph's nodes in order; subgraphs share what is known of the outer one. */
export class Builder {
  readonly nodes: ArchNode[] = [];
  readonly metadata: Record<string, string> = {};
  private readonly known = new Map<string, Known>();
  /** A value that is another under a second name. */
  private readonly alias = new Map<string, string>();
  private readonly ids = new Set<string>();
  private readonly sequences = new Sequences();
  /** Whether kernels stand among the initializers: then one in a node of its own was computed, such as a blur's. */
  private namesWeights = false;
  /** Who first read a tensor that holds one number only. */
  private readonly owners = new Map<string, string>();

  constructor(
    readonly where: string,
    readonly opset: number,
    private readonly outer?: Builder,
  ) {}

  /** A builder for a subgraph, which sees what this one knows. */
  inside(): Builder {
    return new Builder(this.where, this.opset, this);
  }

  define(id: string, known: Known): void {
    if (this.known.has(id))
      throw new ImportError(`two values are called ${quote(id)}`, { where: this.where });
    this.known.set(id, known);
  }

  lookup(id: string): Known | undefined {
    return this.known.get(this.resolve(id)) ?? this.outer?.lookup(id);
  }

  resolve(id: string): string {
    return this.alias.get(id) ?? id;
  }

  graph(graph: FileGraph): void {
    this.namesWeights ||= namesWeights(graph);
    const names = owners(graph);
    // Of a quantized weight, beside its zero point.
    const isScale = (name: string) =>
      name.endsWith("_scale") && graph.tensors.has(name.replace(/_scale$/, "_zero_point"));
    for (const [name, tensor] of graph.tensors) {
      if (name !== "" && !this.known.has(name))
        this.define(name, fromTensor(tensor, isScale(name) ? "generated" : "initializer", names.get(name)));
    }
    const sorted = order(
      unfused(graph.nodes),
      describe,
      (name) => this.lookup(name) !== undefined,
      this.where,
    );
    for (const node of sorted) this.node(node, graph);
  }

  output(value: Value): string {
    const known = this.lookup(value.id);
    if (!known) throw new ImportError(`no node makes the output ${quote(value.id)}`, { where: this.where });
    if (known.roots === null) return this.resolve(value.id);
    // A constant that the network returns.
    const id = this.fresh(value.id);
    const outputs = [{ id, shape: known.shape, dtype: known.dtype }];
    const shape = sizes(known.shape);
    const attributes: Record<string, Attribute> = shape ? { shape } : {};
    const parameters = parametersOf(known.roots.filter(learned), true);
    this.nodes.push({
      id: `${id}:constant`,
      op: "constant",
      inputs: [],
      outputs,
      attributes,
      parameters,
      source: { name: id, ops: ["Constant"] },
    });
    return id;
  }

  private node(written: FileNode, graph: FileGraph): void {
    const node = this.sequences.sliceOf(written, this.use(written)) ?? written;
    const id = node.outputs[0];
    if (node.op === "Constant" && node.domain === "") {
      if (id) this.define(id, fromTensor(constantOf(node, id), "constant", id));
      return;
    }
    const use = this.use(node);
    const { inputs } = use;
    this.sequences.note(node, use);
    if (node.op === "If" && this.inlineIf(node, use)) return;
    const elements = fold(use);
    const made = hasBody(node) ? bodyOf(node, this) : translate(use);
    const isConstant = made === null ? use.constant(0) : this.isConstant(made, use);
    if (made === null || (made.op === "dropout" && isConstant)) {
      const [from, to] = [node.inputs[0] ?? "", node.outputs[0] ?? ""];
      if (to) this.rename(to, from, inputs[0]);
      return;
    }
    const shapes = this.shapes(made, use);
    node.outputs.forEach((id, i) => {
      if (id === "") return;
      const stored = graph.values.get(id) ?? graph.outputs.find((value) => value.id === id);
      const shape = merge(shapes[i] ?? null, stored?.shape ?? null);
      const dtype = dtypeOf(made, use, stored?.dtype);
      const first = i === 0 ? elements : null;
      const roots = isConstant ? rootsOf(use) : null;
      this.define(id, {
        shape,
        dtype,
        elements: first,
        roots: roots ?? (first?.every(Number.isFinite) ? [] : null),
      });
    });
    if (isConstant) return;
    if (elements?.every((item) => typeof item === "number") && node.outputs.length === 1) return;
    this.emit(node, made, use);
  }

  private use(node: FileNode): Use {
    const inputs = node.inputs.map((name) => (name === "" ? undefined : this.lookup(name)));
    return new Use(node, inputs, this.opset);
  }

  /** Whether nothing it computes from depends on the network's inputs. */
  private isConstant(made: Translation, use: Use): boolean {
    if (hasBody(use.node) || made.op === "random") return false;
    const read = [...(made.data ?? use.inputs.map((_, i) => i)), ...(made.weights ?? [])].filter((i) =>
      use.has(i),
    );
    return (read.length > 0 || made.op === "constant") && read.every((i) => use.constant(i));
  }

  private emit(node: FileNode, made: Translation | Body, use: Use): void {
    const { inputs, parameters, attributes } = this.arguments(made, use);
    if ("nodes" in made) {
      for (const inner of made.nodes) {
        for (const item of inner.parameters)
          if (!parameters.some(({ name }) => name === item.name)) parameters.push(item);
      }
      for (const name of Object.values(node.attributes).flatMap((body) =>
        isGraph(body) ? captured(body) : [],
      )) {
        const id = this.resolve(name);
        if (this.lookup(id)?.roots === null && !inputs.includes(id)) inputs.push(id);
      }
    }
    const outputs = node.outputs.filter(Boolean).map((id): Value => {
      const known = this.known.get(id) ?? nothingKnown;
      return { id, shape: known.shape, dtype: known.dtype };
    });
    const id = this.fresh(node.name || node.outputs[0] || node.op);
    const source = { name: node.name, ops: [node.domain ? `${node.domain}.${node.op}` : node.op] };
    this.nodes.push({ id, op: made.op, inputs, outputs, attributes, parameters, source });
  }

  /** Sorts a node's inputs into data, operands, weights and what its attributes already say. */
  private arguments(made: Translation, use: Use) {
    const data = made.data ?? use.inputs.map((_, i) => i);
    const inputs: string[] = [];
    const parameters: Parameter[] = [];
    const attributes = { ...made.attributes };
    const add = (roots: readonly Root[], trainable: boolean) => {
      for (const item of parametersOf(roots, trainable)) {
        if (!parameters.some((other) => other.name === item.name)) parameters.push(item);
      }
    };
    for (const [i, known] of use.inputs.entries()) {
      if (!known) continue;
      const isWeightHere = made.weights?.includes(i) && known.roots !== null;
      if (made.statistics?.includes(i) && known.roots) {
        const statistics = known.roots.map((root) => this.unmerged(root, use, i));
        add(statistics, false);
      } else if (isWeightHere && known.roots) {
        // A product with a constant that is no plain matrix still needs its shape.
        if (data.includes(i)) operand(attributes, known, i);
        const roots = ofWeight(known.roots, known.shape);
        const weights = roots.filter((root) => isWeight(root, made) && !isFill(root, known));
        const own = made.op === "embedding" ? weights : weights.map((root) => this.unmerged(root, use, i));
        const isFixed = (root: Root) =>
          root.kind === "constant" && this.namesWeights && /^conv|^embedding$|Norm$/.test(made.op);
        for (const fixed of [false, true])
          add(
            own.filter((root) => isFixed(root) === fixed),
            !fixed,
          );
      } else if (data.includes(i)) {
        if (known.roots === null) inputs.push(this.resolve(use.node.inputs[i] ?? ""));
        else {
          operand(attributes, known, i);
          if (takesWeights(made.op)) {
            const isApart = (root: Root) => root.kind === "constant" && this.namesWeights;
            const weights = known.roots.filter(
              (root) => learned(root) && !isComputed(root, made.op) && !isApart(root),
            );
            add(weights, true);
          }
        }
      }
    }
    const constants = use.inputs.filter((known, i) => known?.roots && data.includes(i));
    if (made.op === "concat" && constants.length > 1) joined(attributes, constants as Known[]);
    return { inputs, parameters, attributes };
  }

  /**
   * Exporters merge tensors of equal content, and before training many hold one number only (biases of zeros, kernels
   * under a norm whose scale starts at zero): each layer that reads such a tensor has its own, under its own name.
   */
  private unmerged(root: Root, { node }: Use, input: number): Root {
    if (!root.uniform || root.stored === 1) return root;
    const reader = `${node.outputs[0] ?? ""}:${input}`;
    const owner = this.owners.get(root.name) ?? reader;
    this.owners.set(root.name, owner);
    return owner === reader ? root : { ...root, name: `${root.name} (${reader})` };
  }

  private shapes(made: Translation, use: Use): Shape[] {
    const { attributes, parameters, data } = { ...this.arguments(made, use), data: made.data };
    const indices = data ?? use.inputs.map((_, i) => i);
    const inputs = indices.filter((i) => use.has(i) && !use.constant(i)).map((i) => use.shape(i));
    const constants = indices.filter((i) => use.constant(i)).map((i) => use.shape(i));
    if (use.node.op === "Range") return [[rangeSize(use)]];
    // All constant: the op sees them as if they were computed.
    const call =
      inputs.length === 0 && constants.length > 0
        ? { attributes: made.attributes, inputs: constants }
        : { attributes, inputs };
    return opOf(made.op).infer({ ...call, parameters, outputs: use.node.outputs.length });
  }

  /** A branch that is always taken is part of the network. */
  private inlineIf(node: FileNode, use: Use): boolean {
    const condition = use.scalar(0);
    if (condition === undefined) return false;
    const taken = node.attributes[condition ? "then_branch" : "else_branch"];
    if (!isGraph(taken) || taken.inputs.length > 0) return false;
    const prefix = `${node.name || node.outputs[0] || "if"}/`;
    const own = new Set([...taken.tensors.keys(), ...taken.nodes.flatMap(({ outputs }) => outputs)]);
    const rename = (name: string) => (name !== "" && own.has(name) ? prefix + name : name);
    this.graph({
      ...taken,
      tensors: new Map([...taken.tensors].map(([key, tensor]) => [rename(key), tensor])),
      values: new Map([...taken.values].map(([key, value]) => [rename(key), value])),
      nodes: taken.nodes.map((inner) =>
        renamedNode(
          { ...inner, inputs: inner.inputs.map(rename), outputs: inner.outputs.map(rename) },
          rename,
        ),
      ),
    });
    node.outputs.forEach((id, i) => {
      const from = rename(taken.outputs[i]?.id ?? "");
      if (id) this.rename(id, from, this.lookup(from));
    });
    return true;
  }

  private rename(id: string, from: string, known: Known | undefined): void {
    if (!known) throw new ImportError(`no node makes ${quote(from)}`, { where: this.where });
    this.define(id, known);
    if (known.roots === null) this.alias.set(id, this.resolve(from));
  }

  private fresh(name: string): string {
    let id = name;
    for (let i = 2; this.ids.has(id); i++) id = `${name}#${i}`;
    this.ids.add(id);
    return id;
  }
}

function describe(node: FileNode, index: number) {
  return { title: node.name || node.op || String(index), reads: reads(node), makes: node.outputs };
}

/** The tensor of a Constant node, in whichever of its attributes it stands. */
function constantOf({ attributes }: FileNode, name: string): Tensor {
  const { value, value_int, value_float, value_ints, value_floats, sparse_value } = attributes;
  for (const item of [value, sparse_value, value_ints, value_floats]) if (isTensor(item)) return item;
  const dtype: DType = value_int !== undefined || value_ints !== undefined ? "int64" : "float32";
  const list = value_ints ?? value_floats;
  const single = value_int ?? value_float;
  const numbers = Array.isArray(list) ? list.map(Number) : typeof single === "number" ? [single] : [];
  const dims = Array.isArray(list) ? [numbers.length] : [];
  const values = numbers.length <= maxValues ? numbers : null;
  return { name, dims, dtype, values, stored: numbers.length, initializer: false };
}

function hasBody(node: FileNode): boolean {
  return (
    ["If", "Loop", "Scan", "SequenceMap"].includes(node.op) && Object.values(node.attributes).some(isGraph)
  );
}

function dtypeOf(made: Translation, use: Use, stored: DType | undefined): DType {
  if (made.op === "cast") {
    const to = made.attributes.to;
    return (typeof to === "number" && dtypes[to]) || stored || use.inputs[1]?.dtype || "unknown";
  }
  if (stored && stored !== "unknown") return stored;
  const fixed = opOf(made.op).dtype;
  if (made.op === "embedding") return use.inputs[0]?.dtype ?? "float32";
  if (fixed) return fixed;
  const from = made.op === "where" ? 1 : 0;
  return use.inputs[from]?.dtype ?? "unknown";
}

/** What was inferred, and where it says nothing, what the file says. */
function merge(inferred: Shape, stored: Shape): Shape {
  if (!inferred || !stored || inferred.length !== stored.length) return inferred?.map(sane) ?? stored;
  return inferred.map((size, i) => {
    const [own, other] = [sane(size), stored[i] ?? unknown];
    if (own === unknown) return other;
    return typeof own === "string" && typeof other === "number" ? other : own;
  });
}

/** A size that could be one: senseless attributes give senseless numbers. */
function sane(size: Dimension): Dimension {
  return typeof size === "string" || (Number.isSafeInteger(size) && size >= 0) ? size : unknown;
}
