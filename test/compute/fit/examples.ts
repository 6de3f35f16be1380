// Examples for tests: pictures that a small network learns in seconds, and the program it is written in.
import { build, parse } from "../../../archbert/graph/language";
import { rng } from "../../../archbert/graph/random";
import type { Data, Examples } from "../../../compute";

/** Bars at three angles, noisy: [6, 6, 1]. */
export function bars(count: number, seed: number): Examples {
  const random = rng(seed);
  const inputs = new Float32Array(count * 36);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 3);
  labels.forEach((label, i) => {
    const at = random.below(6);
    for (let k = 0; k < 36; k++) inputs[i * 36 + k] = random.next() * 0.4;
    for (let k = 0; k < 6; k++) {
      const [y, x] = label === 0 ? [at, k] : label === 1 ? [k, at] : [k, (k + at) % 6];
      inputs[i * 36 + y * 6 + x] = 1;
    }
  });
  return { inputs, labels, shape: [6, 6, 1], classes: 3 };
}

export const data: Data = { training: bars(96, 1), validation: bars(48, 2) };

export const architecture = build(
  parse("network bars\ninput 6x6x1\nstem conv 6\nstage 1 residual 8 stride 2\nhead 3 dropout 0.1"),
);
