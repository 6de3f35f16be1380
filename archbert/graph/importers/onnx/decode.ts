// From the slim bytes of a model to an OnnxFile: decodes, checks, and inlines local functions.
import type {
  AttributeProto,
  FunctionProto,
  GraphProto,
  NodeProto,
  TensorProto,
  TypeProto,
  ValueInfoProto,
} from "onnx-buf";
import type { Dimension, Value } from "../../architecture";
import { symbol, unknown } from "../../dimensions";
import { ImportError } from "../../errors";
import { quote } from "../order";
import { checkCount } from "./count";
import type { FileAttribute, FileGraph, FileNode, OnnxFile, Tensor } from "./file";
import type { Slim } from "./slim";
import { dtypes, hasData, readSparse, readTensor } from "./tensor";

/** Bounds on a graph; ten times what the largest public ones have. */
const limits = { nodes: 250_000, depth: 24 };

/**
 * @param slim a ModelProto as `slim` leaves it
 * @param where the file's name, for errors
 * @throws ImportError when the bytes are not a model
 */
export async function decode({ bytes, skippedTensors, contents }: Slim, where: string): Promise<OnnxFile> {
  checkCount(bytes, where);
  const { fromBinary } = await import("@bufbuild/protobuf");
  const { ModelProtoSchema } = await import("onnx-buf");
  let model: ReturnType<typeof fromBinary<typeof ModelProtoSchema>>;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw new ImportError(`not an ONNX model (${error instanceof Error ? error.message : String(error)})`, {
      where,
    });
  }
  if (!model.graph) throw new ImportError("an ONNX model without a graph", { where });
  const functions = new Map(
    model.functions.map((item) => [`${item.domain}:${item.name}:${item.overload}`, item]),
  );
  const reader = new Reader(where, functions, contents);
  const graph = reader.graph(model.graph, "", 0);
  const metadata: Record<string, string> = {};
  const note = (key: string, value: string) => {
    if (value !== "") metadata[key] = value;
  };
  for (const { key, value } of model.metadataProps) note(`property.${key}`, value);
  note("producer", [model.producerName, model.producerVersion].filter(Boolean).join(" "));
  note("description", model.docString);
  note("irVersion", String(model.irVersion));
  const opsets = model.opsetImport.map(
    ({ domain, version }) => [domain || "ai.onnx", Number(version)] as const,
  );
  note("opsets", opsets.map(([domain, version]) => `${domain} ${version}`).join(", "));
  const missing = reader.bare - skippedTensors;
  if (missing > 0) note("weights", `${missing} tensors have no data in this file`);
  if (reader.external > 0) note("externalData", `${reader.external} tensors keep their data in other files`);
  const opset = opsets.find(([domain]) => domain === "ai.onnx")?.[1] ?? 1;
  return { graph, metadata, opset };
}

class Reader {
  /** Tensors without data here: left in the file, or never in it. */
  bare = 0;
  /** Tensors whose data is in another file. */
  external = 0;
  private nodes = 0;

  constructor(
    private readonly where: string,
    private readonly functions: ReadonlyMap<string, FunctionProto>,
    private readonly contents: ReadonlyMap<string, string>,
  ) {}

  /** @param prefix of the names of values made inside; "" for the main graph */
  graph(proto: GraphProto, prefix: string, depth: number): FileGraph {
    if (depth > limits.depth) throw this.error(`graphs nested more than ${limits.depth} deep`);
    const tensors = new Map<string, Tensor>();
    for (const item of proto.initializer) {
      const tensor = this.tensor(item);
      const content = this.contents.get(item.name) ?? tensor.content;
      tensors.set(item.name, { ...tensor, content, initializer: true });
    }
    for (const item of proto.sparseInitializer) {
      const tensor = readSparse(item, this.where);
      tensors.set(tensor.name, { ...tensor, initializer: true });
    }
    const nodes: FileNode[] = [];
    for (const node of proto.node) this.node(node, nodes, depth, [], undefined);
    return {
      name: prefix + proto.name,
      // Before IR 4 every initializer was listed as an input too.
      inputs: proto.input.filter(({ name }) => !tensors.has(name)).map(readValue),
      outputs: proto.output.map(readValue),
      nodes,
      tensors,
      values: new Map(proto.valueInfo.map((item) => [item.name, readValue(item)])),
    };
  }

  private tensor(proto: TensorProto): Tensor {
    const tensor = readTensor(proto, this.where);
    if (proto.externalData.length > 0) this.external++;
    else if (tensor.stored > 0 && !hasData(proto)) this.bare++;
    return tensor;
  }

  /** Appends the node, or what the function it calls consists of. */
  private node(
    proto: NodeProto,
    out: FileNode[],
    depth: number,
    calls: readonly string[],
    call?: Call,
  ): void {
    const rename = call?.rename ?? ((name: string) => name);
    const key = `${proto.domain}:${proto.opType}:${proto.overload}`;
    const body = this.functions.get(key);
    const attributes = this.attributes(proto.attribute, depth, call);
    const inputs = proto.input.map((name) => (name === "" ? "" : rename(name)));
    const outputs = proto.output.map((name) => (name === "" ? "" : rename(name)));
    if (!body) {
      if (++this.nodes > limits.nodes) throw this.error(`more than ${limits.nodes} nodes`);
      const domain = proto.domain === "ai.onnx" ? "" : proto.domain;
      out.push({ name: proto.name, op: proto.opType, domain, inputs, outputs, attributes });
      return;
    }
    if (calls.includes(key) || calls.length > limits.depth) {
      throw this.error(`function ${quote(proto.opType)} calls itself`);
    }
    const names = new Map<string, string>();
    body.input.forEach((name, i) => {
      names.set(name, inputs[i] ?? "");
    });
    body.output.forEach((name, i) => {
      if (outputs[i]) names.set(name, outputs[i]);
    });
    const prefix = `${proto.name || proto.opType}#${++this.nodes}/`;
    if (this.nodes > limits.nodes) throw this.error(`more than ${limits.nodes} nodes`);
    const inner: Call = {
      rename: (name) => {
        const known = names.get(name);
        if (known !== undefined) return known;
        names.set(name, prefix + name);
        return prefix + name;
      },
      attributes: { ...this.attributes(body.attributeProto, depth, undefined), ...attributes },
    };
    for (const node of body.node) this.node(node, out, depth, [...calls, key], inner);
  }

  private attributes(
    protos: readonly AttributeProto[],
    depth: number,
    call?: Call,
  ): Record<string, FileAttribute> {
    const attributes: Record<string, FileAttribute> = Object.create(null);
    for (const proto of protos) {
      const value = proto.refAttrName
        ? call?.attributes[proto.refAttrName]
        : this.attribute(proto, depth, call?.rename);
      if (value !== undefined) attributes[proto.name] = value;
    }
    return attributes;
  }

  private attribute(
    proto: AttributeProto,
    depth: number,
    rename?: Call["rename"],
  ): FileAttribute | undefined {
    const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    if (proto.g) return renamed(this.graph(proto.g, "", depth + 1), rename);
    if (proto.t) return this.tensor(proto.t);
    if (proto.sparseTensor) return readSparse(proto.sparseTensor, this.where);
    if (proto.ints.length > 0) return proto.ints.map(Number);
    if (proto.floats.length > 0) return proto.floats;
    if (proto.strings.length > 0) return proto.strings.map(utf8);
    // AttributeType: 1 float, 2 int, 3 string, 6-8 empty lists; 0 in files older than the field.
    if (proto.type === 1) return proto.f;
    if (proto.type === 2) return Number(proto.i);
    if (proto.type === 3) return utf8(proto.s);
    if (proto.type === 6 || proto.type === 7) return [];
    if (proto.s.length > 0) return utf8(proto.s);
    if (proto.i !== 0n) return Number(proto.i);
    if (proto.f !== 0) return proto.f;
    return undefined;
  }

  private error(message: string): ImportError {
    return new ImportError(message, { where: this.where });
  }
}

interface Call {
  rename(name: string): string;
  attributes: Readonly<Record<string, FileAttribute>>;
}

/** A subgraph inside a function reads the function's values under their outer names. */
function renamed(graph: FileGraph, rename?: Call["rename"]): FileGraph {
  if (!rename) return graph;
  const own = new Set([...graph.tensors.keys(), ...graph.inputs.map(({ id }) => id)]);
  for (const node of graph.nodes) for (const name of node.outputs) own.add(name);
  const map = (name: string) => (name === "" || own.has(name) ? name : rename(name));
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(map) })),
    outputs: graph.outputs.map((value) => ({ ...value, id: map(value.id) })),
  };
}

function readValue(proto: ValueInfoProto): Value {
  const type = tensorType(proto.type);
  const shape = type?.shape
    ? type.shape.dim.map((dim): Dimension => {
        if (dim.value.case === "dimValue") {
          const size = Number(dim.value.value);
          return size >= 0 && Number.isSafeInteger(size) ? size : unknown;
        }
        return dim.value.case === "dimParam" ? symbol(dim.value.value) : unknown;
      })
    : null;
  return { id: proto.name, shape, dtype: dtypes[type?.elemType ?? 0] ?? "unknown" };
}

function tensorType(type: TypeProto | undefined) {
  return type?.value.case === "tensorType" ? type.value.value : undefined;
}
