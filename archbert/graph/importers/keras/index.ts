// Keras: .keras archives, and configurations as `model.to_json()` gives them; of Keras 2 and 3. Code in them is never run.
import type { Architecture } from "../../architecture";
import { canonicalize } from "../../canonical";
import { ImportError } from "../../errors";
import type { Importer } from "../importer";
import { beginsWithKey, isObject, type Json, list, object, parseJson, readJson, text } from "../json";
import { type ByteSource, titleOf } from "../source";
import { Writer } from "../writer";
import { readEntry } from "./archive";
import type { ParameterShapes } from "./call";
import { Models } from "./config";

export const keras: Importer = {
  title: "Keras",
  sniff: (head) => isZip(head) || isHdf5(head) || beginsWithKey(head, ["class_name"]),
  read: async (source): Promise<Architecture> => {
    const head = await source.read(0, 8);
    if (isHdf5(head)) {
      throw new ImportError("an HDF5 file: Keras' older format, or weights alone", {
        where: source.name,
        fix: 'Save it as .keras: keras.saving.load_model("model.h5").save("model.keras")',
      });
    }
    const config = isZip(head) ? await unzipped(source) : await readJson(source);
    if (!isObject(config)) throw new ImportError("JSON, but no Keras model", { where: source.name });
    return readKeras(config, source.name, "keras");
  },
};

/**
 * @param model `{ class_name, config }`, as Keras 2 and 3 write it
 * @param where the file's name
 * @param weights shapes of weights by the paths of their layers, for layers that are not known here
 */
export function readKeras(
  model: Json,
  where: string,
  format: string,
  weights: ParameterShapes = new Map(),
): Architecture {
  const writer = new Writer(where);
  const outputs = new Models(writer, where, weights, !onlyChannelsFirst(model)).run(model, "");
  const metadata: Record<string, string> = {};
  const version = text(model.keras_version);
  if (version !== "") metadata.producer = `Keras ${version.slice(0, 40)}`;
  return canonicalize(writer.finish(nameOf(model, where), format, outputs, metadata));
}

function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

function isHdf5(head: Uint8Array): boolean {
  return [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, i) => head[i] === byte);
}

async function unzipped(source: ByteSource): Promise<unknown> {
  const bytes = await readEntry(source, "config.json");
  if (bytes) return parseJson(bytes, `${source.name}/config.json`);
  throw new ImportError("a zip archive without a Keras configuration (PyTorch's .pt files are such)", {
    where: source.name,
    fix: "From PyTorch, export it with torch.onnx.export",
  });
}

/** Whether the layers over pictures say that channels come first. */
function onlyChannelsFirst(model: Json): boolean {
  const formats = new Set<unknown>();
  const open: unknown[] = [model];
  for (let steps = 0; open.length > 0 && steps < 1_000_000; steps++) {
    const at = open.pop();
    if (isObject(at)) {
      if (at.data_format !== undefined && at.data_format !== null) formats.add(at.data_format);
      for (const item of [at.config, at.layers, at.layer])
        if (typeof item === "object" && item !== null) open.push(item);
    } else for (const item of list(at)) open.push(item);
  }
  return formats.has("channels_first") && !formats.has("channels_last");
}

/** The model's own name, where a person gave it one; else the file's. */
function nameOf(model: Json, where: string): string {
  const own = text(object(model.config).name);
  if (own !== "" && !/^(sequential|functional|model)(_\d+)?$/.test(own)) return own;
  return titleOf(where, /\.(?:keras|json)$/i);
}
