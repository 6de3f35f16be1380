// A trained network as an ONNX file, for every runtime that reads one.
import type { Architecture, Value } from "../../../archbert/graph/architecture";
import { ArchError } from "../../../archbert/graph/errors";
import { checkString } from "../../../archbert/graph/guard";
import { writeWhole } from "../../files";
import { checkTrained } from "../../fit/evaluate";
import { checkWeights, planOf } from "../../model";
import type { Weight } from "../../trained";
import { translations } from "./ops";
import { OnnxWriter } from "./writer";

const opset = 17;
/** The IR version that came with it. */
const irVersion = 8;
const float32 = 1;

/**
 * Writes the network with its weights: pictures as [batch, channels, height, width], the batch of any size, names as in
 * the architecture, opset 17.
 *
 * @param trained borrowed
 * @throws ArchError when an op has no form in ONNX here, or the file cannot be written
 */
export async function exportOnnx(
  trained: { architecture: Architecture; weights: readonly Weight[] },
  file: string,
): Promise<void> {
  checkTrained(trained, "exportOnnx");
  checkString(file, "name of a file", "exportOnnx");
  const { architecture, weights } = trained;
  const plan = planOf(architecture);
  checkWeights(weights, plan, architecture.name);
  const writer = new OnnxWriter(new Map(weights.map((weight) => [weight.name, weight])));
  for (const step of plan.steps) {
    const translate = Object.hasOwn(translations, step.node.op) ? translations[step.node.op] : undefined;
    if (!translate) throw new ArchError(`the op ${step.node.op} cannot be exported`, { where: step.node.id });
    translate(writer.call(step));
  }
  // Node finds no named exports in this module of CommonJS.
  const { onnx } = (await import("onnx-proto")).default;
  const output = architecture.nodes.flatMap(({ outputs }) => outputs).find(({ id }) => id === plan.output);
  const model = onnx.ModelProto.create({
    irVersion,
    producerName: "archbert",
    opsetImport: [{ domain: "", version: opset }],
    graph: {
      name: architecture.name,
      node: writer.nodes,
      initializer: writer.initializers,
      input: architecture.inputs.map(valueInfo),
      output: output ? [valueInfo(output)] : [],
    },
  });
  writeWhole(file, onnx.ModelProto.encode(model).finish());
}

function valueInfo({ id, shape }: Value) {
  const dim = (shape ?? []).map((size) =>
    typeof size === "number" ? { dimValue: size } : { dimParam: size },
  );
  return { name: id, type: { tensorType: { elemType: float32, shape: { dim } } } };
}
