// TensorFlow.js networks for the corpus: the model.json of packages on npm, without the weights.
//
//     node test/corpus/export_tfjs.mjs [NAME ...]
//
// Fetches the packages by `npm pack` into a temporary folder. Writes tfjs/NAME.json.gz (names, ops and shapes as they
// are) and tfjs.json, whose fields corpus.py tells, and the licence of the package. `parameters` are the floats of the
// weights' manifest, but for bare numbers and running statistics. Multiply-adds come from running each network once in
// TensorFlow.js itself, with its weights, and adding up the shapes of the kernels that it ran.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

const here = import.meta.dirname;
const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs");
const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");

const human = "@vladmandic/human@3.3.6";
const nsfw = "nsfwjs@4.3.0";
const about = (name) => ({ package: human, path: `models/${name}.json` });

/** Where each is, its true family in ArchBERT's words, and the paper that tells it. */
const networks = {
  antispoof: {
    ...about("antispoof"),
    family: null,
    paper: "https://www.kaggle.com/anku420/fake-face-detection",
  },
  blazeface: { ...about("blazeface"), family: null, paper: "https://arxiv.org/abs/1907.05047" },
  centernet: { ...about("centernet"), family: null, paper: "https://arxiv.org/abs/1904.07850" },
  emotion: { ...about("emotion"), family: null, paper: "https://arxiv.org/abs/1710.07557" },
  facemesh: { ...about("facemesh"), family: null, paper: "https://arxiv.org/abs/1907.06724" },
  faceres: { ...about("faceres"), family: "MobileNetV1", paper: "https://arxiv.org/abs/1807.07718" },
  handlandmark: { ...about("handlandmark-lite"), family: null, paper: "https://arxiv.org/abs/2006.10214" },
  handtrack: { ...about("handtrack"), family: null, paper: "https://github.com/victordibia/handtracking" },
  iris: { ...about("iris"), family: null, paper: "https://arxiv.org/abs/2006.11341" },
  liveness: { ...about("liveness"), family: null, paper: "https://github.com/leokwu/livenessnet" },
  movenet: {
    ...about("movenet-lightning"),
    family: null,
    paper: "https://tfhub.dev/google/movenet/singlepose/lightning/4",
  },
  nsfw_inception: {
    package: nsfw,
    path: "dist/models/inception_v3",
    family: "InceptionV3",
    stages: [3, 4, 2],
    paper: "https://arxiv.org/abs/1512.00567",
  },
  nsfw_mobilenet: {
    package: nsfw,
    path: "dist/models/mobilenet_v2",
    family: "MobileNetV2",
    stages: [1, 2, 3, 4, 3, 3, 1],
    paper: "https://arxiv.org/abs/1801.04381",
  },
  nsfw_mobilenet_mid: {
    package: nsfw,
    path: "dist/models/mobilenet_v2_mid",
    family: "MobileNetV2",
    stages: [1, 2, 3, 4, 3, 3, 1],
    paper: "https://arxiv.org/abs/1801.04381",
  },
};

/** The package's folder, fetched once. */
function fetched(scratch, name) {
  const folder = join(scratch, name.replace(/\W/g, "_"));
  mkdirSync(folder);
  const archive = execFileSync("npm", ["pack", name, "--silent"], { cwd: folder, encoding: "utf8" }).trim();
  execFileSync("tar", ["xzf", archive], { cwd: folder });
  return join(folder, "package");
}

/** What model.json holds, and its weights; nsfwjs keeps both in modules. */
function open(path) {
  if (path.endsWith(".json")) {
    const model = JSON.parse(readFileSync(path, "utf8"));
    return {
      model,
      shards: model.weightsManifest
        .flatMap(({ paths }) => paths)
        .map((name) => readFileSync(join(dirname(path), name))),
    };
  }
  const { createHash: _, ...rest } = require(join(path, "model.min.js"));
  const model = rest.default ?? rest;
  const names = model.weightsManifest.flatMap(({ paths }) => paths);
  const shards = names.map((name) => {
    const module = require(join(path, `${name.replace(/\.bin$/, "")}.min.js`));
    return Buffer.from(module.default ?? module, "base64");
  });
  return { model, shards };
}

const size = (shape) => shape.reduce((a, b) => a * b, 1);

/** Products summed by a kernel that TensorFlow.js ran. */
function products({ name, inputShapes: [a = [], b = []], outputShapes }) {
  const made = size(outputShapes[0] ?? []);
  // Functions that run a kernel stand beside it.
  if (name.endsWith("__op")) return 0;
  if (/DepthwiseConv2d/i.test(name)) return made * b[0] * b[1];
  if (/Conv2DBackpropInput/.test(name)) return size(a) * b[0] * b[1] * b[2];
  if (/Conv2D/.test(name)) return made * b[0] * b[1] * b[2];
  return /MatMul/.test(name) ? made * (size(a) / (made / b.at(-1))) : 0;
}

async function count({ model, shards }) {
  const specs = model.weightsManifest.flatMap(({ weights }) => weights);
  const weightData = Uint8Array.from(Buffer.concat(shards)).buffer;
  const artifacts = { ...model, weightSpecs: specs, weightData };
  const isGraph = Array.isArray(model.modelTopology.node);
  const load = { load: async () => artifacts };
  const network = isGraph ? await tf.loadGraphModel(load) : await tf.loadLayersModel(load);
  const inputs = network.inputs.map(({ shape, dtype }) =>
    tf.zeros(
      shape.map((n) => Math.max(1, n)),
      dtype === "int32" ? "int32" : "float32",
    ),
  );
  const { kernels } = await tf.profile(async () =>
    isGraph ? network.executeAsync(inputs) : network.predict(inputs),
  );
  return kernels.map(products).reduce((a, b) => a + b, 0);
}

async function main() {
  setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"))}/dist/`);
  await tf.setBackend("wasm");
  const scratch = mkdtempSync(join(tmpdir(), "corpus-"));
  const packages = new Map();
  const table = join(here, "tfjs.json");
  mkdirSync(join(here, "tfjs"), { recursive: true });
  let known = {};
  try {
    known = JSON.parse(readFileSync(table, "utf8"));
  } catch {}
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(networks);
  for (const name of wanted) {
    const { package: from, path, family, stages = null, paper } = networks[name];
    if (!packages.has(from)) packages.set(from, fetched(scratch, from));
    const folder = packages.get(from);
    const { license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const { model, shards } = open(join(folder, path));
    let multiplyAdds = null;
    try {
      multiplyAdds = Math.round(await count({ model, shards }));
    } catch (error) {
      console.error(`${name}: not run (${error.message.slice(0, 200)})`);
    }
    const weights = model.weightsManifest.flatMap((group) => group.weights);
    const floats = weights.filter(
      ({ dtype, name: weight, shape }) =>
        dtype === "float32" && shape.length > 0 && !/moving_(mean|variance)$/.test(weight),
    );
    const file = `tfjs/${name}.json.gz`;
    writeFileSync(join(here, `${file}.part`), gzipSync(JSON.stringify(model), { level: 9 }));
    renameSync(join(here, `${file}.part`), join(here, file));
    known[name] = {
      file,
      source: `${from} ${path}`,
      exporter: model.convertedBy ?? "TensorFlow.js",
      licence: license,
      parameters: floats.reduce((sum, { shape }) => sum + size(shape), 0),
      multiplyAdds,
      counter: multiplyAdds === null ? null : "kernels that TensorFlow.js ran",
      stages,
      family,
      paper,
    };
    console.log(name, known[name].parameters, multiplyAdds);
  }
  const lines = Object.entries(known)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entry]) => `  ${JSON.stringify(name)}: ${JSON.stringify(entry)}`);
  writeFileSync(table, `{\n${lines.join(",\n")}\n}\n`);
  rmSync(scratch, { recursive: true });
}

await main();
