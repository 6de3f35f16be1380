// ArchBERT, with its weights: one transformer that reads networks and English, and writes claims and programs.
import path from "node:path";
import { useBackend } from "../../compute";
import { vocabulary } from "../text";
import { ArchBertModel } from "./archbert";
import { weightShapes, weightsFrom } from "./network";
import { loadWeights, type SavedModel } from "./weights";

export { ArchBertModel, type Written } from "./archbert";
export { loadWeights, type SavedModel, saveWeights } from "./weights";

/** Beside the sources, and so three folders up from the compiled code. */
const shipped = path.join(__dirname, "../../../archbert/model/weights.bin");

/**
 * The model on the backend that the machine has.
 *
 * @param file of weights; those of the package where none is given
 * @throws ArchError where the file is missing, damaged, or of another version
 */
export async function loadModel(file: string = shipped): Promise<ArchBertModel> {
  return modelOf(loadWeights(file));
}

export async function modelOf({ config, words, values }: SavedModel): Promise<ArchBertModel> {
  const { tf } = await useBackend();
  const known = vocabulary(words);
  const shapes = [...weightShapes(config, known.size)];
  const tensors = new Map(
    shapes.map(([name, shape], k) => [name, tf.keep(tf.tensor(values[k] as Float32Array, shape))]),
  );
  return new ArchBertModel({ tf, config, vocabulary: known, weights: weightsFrom(tensors, config) });
}
