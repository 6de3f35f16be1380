// TensorFlow.js: the model.json of layers-models and graph-models. The files of weights beside it are never opened.
import type { Architecture } from "../../architecture";
import { canonicalize } from "../../canonical";
import { ImportError } from "../../errors";
import type { Importer } from "../importer";
import { beginsWithKey, isNumbers, isObject, type Json, list, object, readJson, text } from "../json";
import { readKeras } from "../keras";
import type { ParameterShapes } from "../keras/call";
import { quote } from "../order";
import { titleOf } from "../source";
import { readGraph, type Signature } from "./graph";
import { type Constant, dimsOf, dtypeOf } from "./node";

export const tfjs: Importer = {
  title: "TensorFlow.js",
  sniff: (head) =>
    beginsWithKey(head, ["modelTopology", "weightsManifest"]) ||
    /^\s*\{\s*"format"\s*:\s*"(layers|graph)-model"/.test(new TextDecoder().decode(head)),
  read: async (source): Promise<Architecture> => {
    const file = await readJson(source);
    const where = source.name;
    if (!isObject(file)) throw new ImportError("JSON, but no TensorFlow.js model", { where });
    const weights = manifest(file.weightsManifest, where);
    const topology = file.modelTopology;
    if (!isObject(topology)) {
      throw new ImportError('weights without a network: there is no "modelTopology"', {
        where,
        fix: "Save it with model.save()",
      });
    }
    const metadata = describe(file);
    const read = Array.isArray(topology.node)
      ? canonicalize(readGraph(topology, weights, signatureOf(file), where, titleOf(where, /\.json$/i)))
      : readKeras(kerasOf(topology), where, "tfjs", byLayer(weights));
    return { ...read, metadata: { ...read.metadata, ...metadata } };
  },
};

/** The Keras configuration of a layers-model, which stands bare or under "model_config". */
function kerasOf(topology: Json): Json {
  const { model_config: inner, keras_version } = topology;
  return isObject(inner) ? { keras_version, ...inner } : topology;
}

/**
 * Shapes of all weights by name.
 *
 * @throws ImportError where a group lies outside the model's folder
 */
function manifest(value: unknown, where: string): Map<string, Constant> {
  const weights = new Map<string, Constant>();
  for (const group of list(value)) {
    for (const path of list(object(group).paths)) checkPath(text(path), where);
    for (const item of list(object(group).weights)) {
      const { name, shape, dtype } = object(item);
      if (typeof name !== "string" || !isNumbers(shape)) continue;
      if (
        !shape.every((size) => Number.isSafeInteger(size) && size >= 0) ||
        !Number.isSafeInteger(shape.reduce((a, b) => a * b, 1))
      ) {
        throw new ImportError(`weight ${quote(name)} has a shape that cannot be`, { where });
      }
      weights.set(name, { name, shape, dtype: dtypeOf(dtype) });
    }
  }
  return weights;
}

/** The weights are not opened; but a file that points outside its folder is not to be trusted with more. */
function checkPath(path: string, where: string): void {
  if (
    /^([\\/]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path) ||
    path.split(/[\\/]/).includes("..") ||
    path.includes("\0")
  ) {
    throw new ImportError(`the weights ${quote(path)} lie outside the model's folder`, {
      where,
      fix: "Keep them beside model.json",
    });
  }
}

/** Weights under the paths of their layers: "dense/kernel" is one of "dense". */
function byLayer(weights: ReadonlyMap<string, Constant>): ParameterShapes {
  const layers = new Map<string, { name: string; shape: readonly number[] }[]>();
  for (const { name, shape } of weights.values()) {
    const layer = name.slice(0, Math.max(0, name.lastIndexOf("/")));
    const known = layers.get(layer);
    if (known) known.push({ name, shape });
    else layers.set(layer, [{ name, shape }]);
  }
  return layers;
}

function signatureOf(file: Json): Signature {
  const { inputs, outputs } = object(file.signature ?? object(file.userDefinedMetadata).signature);
  const tensors = (value: unknown) =>
    Object.values(object(value)).flatMap((item) => {
      const { name, tensorShape } = object(item);
      const [, base, output] = /^(.*?)(?::(\d{1,4}))?$/s.exec(text(name)) ?? [];
      return base ? [{ name: base, output: Number(output ?? 0), shape: dimsOf(tensorShape) }] : [];
    });
  const known = tensors(inputs).flatMap(({ name, shape }) => (shape ? [[name, shape] as const] : []));
  return { inputs: new Map(known), outputs: tensors(outputs) };
}

function describe(file: Json): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const key of ["generatedBy", "convertedBy"]) {
    const value = text(file[key]);
    if (value !== "") metadata[key] = value.slice(0, 200);
  }
  return metadata;
}
