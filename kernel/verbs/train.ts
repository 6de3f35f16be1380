// train: a network learns data, before its user's eyes.
import { facts } from "../../archbert/graph";
import type { TrainedOnData } from "./training/index";
import { verb } from "./verb";

export const train = verb({
  name: "train",
  summary: "trains a network on data, keeps its best epoch, and scores it once on the test",
  examples: [
    { words: "net.arch --data digits --epochs 8", does: "a program of the architecture language" },
    { words: "net.arch --seed 2 -o net.onnx", does: "by another seed; written as ONNX, with its weights" },
    { words: "net.arch --data ./fashion-mnist -o trained", does: "a folder of IDX files; all formats" },
  ],
  args: { network: { kind: "network", summary: "a program of the architecture language, or its file" } },
  options: {
    data: {
      kind: "file",
      summary: "a dataset, or a folder of IDX files",
      default: "digits",
      suggestions: () => (require("../../datasets") as typeof import("../../datasets")).datasetNames,
    },
    epochs: { kind: "number", summary: "times that all training examples are seen", default: 20 },
    batchSize: { kind: "number", summary: "examples a step", default: 32 },
    learningRate: { kind: "number", summary: "at its highest", default: 0.003 },
    patience: { kind: "number", summary: "ends after so many epochs without a better validation" },
    seed: { kind: "number", summary: "the same number trains the same weights", default: 1 },
    out: { kind: "file", short: "o", summary: "the .onnx file, or the folder for all formats, to write" },
  },
  async run({ network, data = "digits", epochs = 20, ...rest }, context): Promise<TrainedOnData> {
    const { trainOnData } = await import("./training/index.js");
    return trainOnData(network, { data, epochs, ...rest }, context);
  },
  toText: (trained) => String(trained),
  toJson: ({ architecture, weights: _, ...trained }) => ({
    name: architecture.name,
    parameters: facts(architecture).parameters,
    ...trained,
  }),
});
