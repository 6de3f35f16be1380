// The strategies of a search on the digits, equal seeds and trials. Each study is kept: begun again, it goes on.
//
// node dist/test/bench/automl.bench.js [FOLDER], by default dist/bench/automl
import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Study, search, strategyNames } from "../../automl";

const prompt = "a small residual network for 8x8 digits, under 30k parameters";
const seeds = [1, 2, 3, 4, 5];
const plan = { data: "digits", trials: 10, epochs: 3, finalEpochs: 10, pruner: null, backend: "wasm" };
/** Studies at a time, each with one trial at a time: every proposal knows all trials before it. */
const together = 2;
/** Student's t for 95 % of a mean of five. */
const t = 2.776;

interface Run {
  strategy: string;
  seed: number;
  study: Study;
}

async function main(): Promise<void> {
  const folder = path.resolve(process.argv[2] ?? path.join(__dirname, "../../bench/automl"));
  mkdirSync(folder, { recursive: true });
  console.log(
    `"${prompt}", ${plan.trials} trials of ${plan.epochs} epochs, Node ${process.version}, ${folder}`,
  );
  const todo = seeds.flatMap((seed) => strategyNames.map((strategy) => ({ strategy, seed })));
  const runs: Run[] = [];
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (let next = todo.shift(); next; next = todo.shift()) {
        const { strategy, seed } = next;
        const storage = `sqlite:///${strategy}-${seed}.db`;
        const study = await search(prompt, { ...plan, strategy, seed, storage, folder, jobs: 1 });
        runs.push({ strategy, seed, study });
        console.log(
          `${strategy} ${seed}: ${percent(bestAfter(study, plan.trials))}, test ${percent(testOf(study))}`,
        );
      }
    }),
  );
  console.log(`\nbackend ${runs[0]?.study.backend} ${JSON.stringify(runs[0]?.study.versions)}`);
  table("best validation accuracy so far", runs, [1, 2, 4, 6, 8, 10]);
  console.log("\ntest accuracy of the best, trained once more");
  for (const strategy of strategyNames) console.log(row(strategy, [of(runs, strategy).map(testOf)]));
  console.log("\nbest validation accuracy above random's, seed by seed");
  const chance = of(runs, "random").map((study) => bestAfter(study, plan.trials));
  for (const strategy of strategyNames) {
    const own = of(runs, strategy).map((study) => bestAfter(study, plan.trials));
    if (strategy !== "random") console.log(row(strategy, [own.map((value, i) => value - (chance[i] ?? 0))]));
  }
}

/** The studies of a strategy by seed. */
const of = (runs: readonly Run[], strategy: string): Study[] =>
  runs
    .filter((run) => run.strategy === strategy)
    .sort((a, b) => a.seed - b.seed)
    .map(({ study }) => study);

const testOf = ({ best }: Study): number => best?.testScore ?? Number.NaN;

const bestAfter = ({ trials }: Study, count: number): number =>
  Math.max(...trials.slice(0, count).map(({ values }) => values?.accuracy ?? 0));

const percent = (value: number): string => (100 * value).toFixed(2);

function table(title: string, runs: readonly Run[], counts: readonly number[]): void {
  console.log(`\n${title}: mean, and the half width of its 95 % interval`);
  console.log(`${"trials".padEnd(10)}${counts.map((count) => String(count).padStart(15)).join("")}`);
  for (const strategy of strategyNames) {
    const studies = of(runs, strategy);
    console.log(
      row(
        strategy,
        counts.map((count) => studies.map((study) => bestAfter(study, count))),
      ),
    );
  }
}

function row(name: string, columns: readonly (readonly number[])[]): string {
  const cells = columns.map((values) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    return `${percent(mean)} ± ${percent(t * Math.sqrt(variance / values.length))}`.padStart(15);
  });
  return name.padEnd(10) + cells.join("");
}

void main();
