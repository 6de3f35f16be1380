// A step of training, forward, backward and Adam, on each backend that is here, beside wasm.
import { build, parse } from "../../archbert/graph/language";
import { rng } from "../../archbert/graph/random";
import { availableBackends, type BackendName, toModel, useBackend } from "../../compute";

const batch = 32;

/** Small, so that plain JavaScript gets through them as well. */
const programs = {
  convnet: "input 16x16x3\nstem conv 16\nstage 2 residual 16\nstage 1 residual 32 stride 2\nhead 10",
  separable: "input 16x16x3\nstem conv 16\nstage 2 inverted 16 expansion 4\nhead 10",
  transformer: "input 16x16x3\nstem patch 64 kernel 2\nstage 2 transformer 64\nhead 10",
};

const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1] as number;

/** Milliseconds of a step, the first ones left out. */
async function stepMs(text: string, name: BackendName): Promise<number> {
  const steps = name === "cpu" ? 2 : 8;
  const network = await toModel(build(parse(text)), { backend: name, seed: 1 });
  const { tf } = network.backend;
  const x = tf.randomNormal([batch, ...network.inputShape], 0, 1, "float32", 1);
  const labels = tf.tidy(() => tf.oneHot(tf.randomUniform([batch], 0, 10, "int32", 2), 10));
  const optimizer = tf.train.adam(1e-3);
  const random = rng(1);
  const times: number[] = [];
  for (let step = -1; step < steps; step++) {
    const began = performance.now();
    const loss = optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(labels, network.forward(x, random)).asScalar(),
      true,
    );
    await loss?.data(); // Until here, a graphics processor may only have been asked.
    loss?.dispose();
    if (step >= 0) times.push(performance.now() - began);
  }
  optimizer.dispose();
  tf.dispose([x, labels]);
  network.dispose();
  return median(times);
}

async function main(): Promise<void> {
  const here = availableBackends().filter(({ available }) => available);
  console.log(`a step of training, batch ${batch}, 16x16x3, Node ${process.version}`);
  const ms = new Map<string, number>();
  for (const { name } of here) {
    const { version } = await useBackend(name);
    for (const [what, text] of Object.entries(programs)) {
      ms.set(`${name} ${what}`, await stepMs(text, name));
    }
    console.log(`${name} ${version}`);
  }
  console.log(`${"".padEnd(14)}${here.map(({ name }) => name.padStart(22)).join("")}`);
  for (const what of Object.keys(programs)) {
    const wasm = ms.get(`wasm ${what}`) ?? Number.NaN;
    const cells = here.map(({ name }) => {
      const own = ms.get(`${name} ${what}`) as number;
      return `${own.toFixed(0)} ms (${(own / wasm).toFixed(2)} x wasm)`.padStart(22);
    });
    console.log(what.padEnd(14) + cells.join(""));
  }
}

void main();
