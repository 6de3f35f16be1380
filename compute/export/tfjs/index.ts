// A trained network as a graph model of TensorFlow.js, for browsers and Node alike.
import { join } from "node:path";
import type { Architecture } from "../../../archbert/graph/architecture";
import { ArchError } from "../../../archbert/graph/errors";
import { checkString } from "../../../archbert/graph/guard";
import { makeFolder, writeWhole } from "../../files";
import { bytesOf } from "../../fit/container";
import { checkTrained } from "../../fit/evaluate";
import { checkWeights, planOf } from "../../model";
import { laidShape, lastChannels, lay } from "../../model/layout";
import type { Weight } from "../../trained";
import { translations } from "./ops";
import { TfWriter } from "./writer";

/** Bytes of a file of weights: what browsers keep in their caches. */
const shardBytes = 2 ** 22;

/**
 * Writes model.json and its weights, for `tf.loadGraphModel`: pictures as [batch, height, width, channels], any batch,
 * float32.
 *
 * @param trained borrowed
 * @param folder  made where it is not there
 * @throws ArchError when an op has no form there, or the files cannot be written
 */
export async function exportTfjs(
  trained: { architecture: Architecture; weights: readonly Weight[] },
  folder: string,
): Promise<void> {
  checkTrained(trained, "exportTfjs");
  checkString(folder, "name of a folder", "exportTfjs");
  const { architecture, weights } = trained;
  const plan = planOf(architecture);
  checkWeights(weights, plan, architecture.name);
  const layouts = new Map(plan.parameters.map(({ parameter, layout }) => [parameter.name, layout]));
  const laid = new Map(
    weights.map(({ name, shape, data }) => {
      const layout = layouts.get(name) ?? { view: shape, axes: shape.map((_, axis) => axis) };
      return [name, { shape: laidShape(layout), data: lay(data, layout) }] as const;
    }),
  );
  const writer = new TfWriter(laid);
  const shape = lastChannels(plan.inputShape);
  writer.input(plan.input, shape);
  for (const step of plan.steps) {
    const translate = Object.hasOwn(translations, step.node.op) ? translations[step.node.op] : undefined;
    if (!translate) throw new ArchError(`the op ${step.node.op} cannot be exported`, { where: step.node.id });
    translate(writer.call(step));
  }
  if (plan.outputTurned) throw new ArchError("its output is turned", { where: architecture.name });
  const shards = shardsOf(Buffer.concat(writer.weights.map(({ data }) => bytesOf(data))));
  const paths = shards.map((_, i) => `group1-shard${i + 1}of${shards.length}.bin`);
  const tensor = (name: string, size: readonly number[]) => ({
    name,
    dtype: "DT_FLOAT",
    tensorShape: { dim: [-1, ...size].map((each) => ({ size: String(each) })) },
  });
  const model = {
    format: "graph-model",
    generatedBy: "archbert",
    convertedBy: null,
    signature: {
      inputs: { [plan.input]: tensor(plan.input, shape) },
      outputs: { [plan.output]: tensor(plan.output, lastChannels(plan.outputShape)) },
    },
    modelTopology: { node: writer.nodes, versions: { producer: 1 } },
    weightsManifest: [
      {
        paths,
        weights: writer.weights.map(({ name, shape: size, dtype }) => ({ name, shape: size, dtype })),
      },
    ],
  };
  makeFolder(folder);
  shards.forEach((shard, i) => {
    writeWhole(join(folder, paths[i] ?? ""), shard);
  });
  writeWhole(join(folder, "model.json"), JSON.stringify(model));
}

function shardsOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / shardBytes));
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * shardBytes, (i + 1) * shardBytes));
}
