// Small ONNX files for tests, written as plain data and encoded by the protobuf library.
import type { DescMessage, MessageInitShape } from "@bufbuild/protobuf";
import type { AttributeProtoSchema, GraphProtoSchema, ModelProtoSchema, NodeProtoSchema } from "onnx-buf";

/** The plain form of a message, without the made one that the library accepts as well. */
type Init<S extends DescMessage> = Exclude<MessageInitShape<S>, { $typeName: string }>;

export type ModelInit = Init<typeof ModelProtoSchema>;
export type GraphInit = Init<typeof GraphProtoSchema>;
export type NodeInit = Init<typeof NodeProtoSchema>;
type AttributeInit = Init<typeof AttributeProtoSchema>;

export type Dim = number | string;

/** An initializer: its dimensions; numbers only where a test needs them. */
export interface TensorInit {
  dims: number[];
  /** TensorProto.DataType: 1 float32, 7 int64. */
  type?: number;
  floats?: number[];
  ints?: number[];
  location?: string;
}

export function tensor(name: string, { dims, type = 1, floats, ints, location }: TensorInit) {
  const size = dims.reduce((a, b) => a * b, 1);
  return {
    name,
    dims: dims.map(BigInt),
    dataType: type,
    floatData: type === 1 && !location ? (floats ?? new Array<number>(size).fill(0.5)) : [],
    int64Data: type === 7 ? (ints ?? new Array<number>(size).fill(0)).map(BigInt) : [],
    externalData: location ? [{ key: "location", value: location }] : [],
  };
}

export function value(name: string, dims: readonly Dim[], elemType = 1) {
  const dim = dims.map((size) =>
    typeof size === "number"
      ? { value: { case: "dimValue" as const, value: BigInt(size) } }
      : { value: { case: "dimParam" as const, value: size } },
  );
  return { name, type: { value: { case: "tensorType" as const, value: { elemType, shape: { dim } } } } };
}

type Attributes = Record<string, number | string | number[] | TensorInit | GraphInit>;

/** Numbers are ints, unless the name is one of ONNX's float attributes. */
export function node(
  opType: string,
  input: string[],
  output: string[],
  attributes: Attributes = {},
): NodeInit {
  const attribute = Object.entries(attributes).map(([name, item]): AttributeInit => {
    if (typeof item === "number") {
      return /alpha|beta|epsilon|float/.test(name)
        ? { name, type: 1, f: item }
        : { name, type: 2, i: BigInt(item) };
    }
    if (typeof item === "string") return { name, type: 3, s: new TextEncoder().encode(item) };
    if (Array.isArray(item)) {
      return name.endsWith("floats")
        ? { name, type: 6, floats: item }
        : { name, type: 7, ints: item.map(BigInt) };
    }
    if ("dims" in item) return { name, type: 4, t: tensor("", item) };
    return { name, type: 5, g: item };
  });
  return { opType, input, output, attribute, name: `${opType}_${output[0] ?? ""}` };
}

export interface GraphSpec {
  inputs?: Record<string, Dim[]>;
  outputs: string[];
  tensors?: Record<string, TensorInit>;
  nodes: NodeInit[];
}

export function graph({ inputs = {}, outputs, tensors = {}, nodes }: GraphSpec): GraphInit {
  return {
    name: "test",
    input: Object.entries(inputs).map(([name, dims]) => value(name, dims)),
    output: outputs.map((name) => ({ name })),
    initializer: Object.entries(tensors).map(([name, init]) => tensor(name, init)),
    node: nodes,
  };
}

export async function encode(init: ModelInit): Promise<Uint8Array> {
  const { create, toBinary } = await import("@bufbuild/protobuf");
  const { ModelProtoSchema } = await import("onnx-buf");
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, init));
}

/** The bytes of a model of this graph, opset 17. */
export async function model(spec: GraphSpec, more: ModelInit = {}): Promise<Uint8Array> {
  return encode({ irVersion: 8n, opsetImport: [{ domain: "", version: 17n }], graph: graph(spec), ...more });
}
