// MAM: ops hidden from ArchBERT, told from what stands around them.
import { know } from "../graph";
import { rng } from "../graph/random";
import { bagsOfNetworks, labelledLogits, maskRow, sampled } from "../training";
import { commonest, share } from "./measures";
import type { Line, Setting } from "./tasks";

export async function masked({ model, source, seed, size, progress }: Setting): Promise<Line[]> {
  const { tf, vocabulary } = model.loaded;
  const random = rng(seed + 7);
  const bags = bagsOfNetworks(vocabulary);
  const truths: string[] = [];
  const told: string[] = [];
  for (let i = 0; i < size / 5; i++) {
    if (i % 20 === 0) progress?.(`masked networks ${i} of ${size / 5}`);
    const { architecture } = sampled(source.randomProgram(random));
    const row = maskRow(vocabulary, { network: know(architecture), text: "" }, random, bags);
    if (row.labels.length === 0) continue;
    const best = tf.tidy(() =>
      labelledLogits(tf, model.loaded, [row], vocabulary.named).argMax(-1).dataSync(),
    );
    row.labels.forEach(({ id }, k) => {
      truths.push(vocabulary.token(id));
      told.push(vocabulary.token(best[k] as number));
    });
  }
  const usual = commonest(truths);
  const measure = "accuracy of hidden ops";
  return [
    { task: "MAM", measure, by: "ArchBERT", unseen: share(truths.map((op, i) => op === told[i])) },
    {
      task: "MAM",
      measure,
      by: "baseline: the commonest op",
      unseen: share(truths.map((op) => op === usual)),
    },
  ];
}
