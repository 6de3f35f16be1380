// What every strategy must do, and what the guided one must do better.
import assert from "node:assert/strict";
import { know, type Program, rng } from "../../../archbert/graph";
import { build, parse } from "../../../archbert/graph/language";
import { type Context, type Guide, type Strategy, strategies, type Trial } from "../../../automl";
import { readByRules } from "../../../automl/reading";
import { createSpace } from "../../../automl/space";
import { goodness } from "../fakes";

const frame = { shape: [8, 8, 1], classes: 10 };
const space = createSpace(readByRules("under 30k parameters").claims, frame);

const contextOf = (seed: number, history: readonly Trial[], guide: Guide | null): Context => ({
  space,
  prompt: "under 30k parameters",
  seed,
  random: rng(seed * 1000 + history.length),
  seen: new Set(history.map(({ program }) => program)),
  guide,
  written: async () => [],
  knownOf: (program) => know(build(parse(program))),
});

/** The trials of a study whose values come from `value`. */
async function run(
  strategy: Strategy,
  {
    seed,
    count,
    value,
    guide = null,
  }: { seed: number; count: number; value: (p: Program) => number; guide?: Guide | null },
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (let number = 0; number < count; number++) {
    const candidate = await strategy.propose(trials, contextOf(seed, trials, guide));
    assert.ok(candidate, `${strategy.name} finds something`);
    const { member, origin } = candidate;
    const accuracy = value(member.program);
    trials.push({
      number,
      state: "complete",
      program: member.text,
      parameters: member.known.facts.parameters,
      values: { accuracy, loss: 1 - accuracy, epochs: 1, seconds: 0 },
      intermediateValues: [accuracy],
      reason: null,
      origin,
      claims: [],
      attempts: 1,
    });
  }
  return trials;
}

describe("strategies", function () {
  this.timeout(60_000);

  for (const [name, strategy] of Object.entries(strategies)) {
    describe(name, () => {
      it("is called what it is registered as, and says what it does", () => {
        assert.equal(strategy.name, name);
        assert.match(strategy.summary, /^[a-z]/i);
      });

      it("begins with the sane default and proposes nothing twice, nothing that breaks a claim", async () => {
        const trials = await run(strategy, { seed: 1, count: 6, value: goodness });
        assert.equal(trials[0]?.program, space.starts[0]?.text);
        assert.equal(new Set(trials.map(({ program }) => program)).size, 6);
        for (const { program } of trials) assert.ok(space.admit(parse(program)), program);
      });

      it("proposes the same from the same history, and changes none of it", async () => {
        const trials = await run(strategy, { seed: 1, count: 4, value: goodness });
        const before = JSON.stringify(trials);
        const [one, same] = [
          await strategy.propose(trials, contextOf(1, trials, null)),
          await strategy.propose(trials, contextOf(1, trials, null)),
        ];
        assert.ok(one);
        assert.deepEqual([one.member.text, one.origin], [same?.member.text, same?.origin]);
        assert.equal(JSON.stringify(trials), before);
      });

      it("copes with trials that failed, were pruned or are not done", async () => {
        const trials = await run(strategy, { seed: 1, count: 4, value: goodness });
        const states = ["failed", "pruned", "queued", "failed"] as const;
        const history = trials.map((trial, i) => ({
          ...trial,
          state: states[i] ?? "failed",
          values: i === 1 ? trial.values : null,
        }));
        assert.ok(await strategy.propose(history, contextOf(1, history, null)));
      });
    });
  }

  describe("archbert", () => {
    /** Accuracy of the last trials, over some seeds: by then it should know. */
    const reached = async (strategy: Strategy, value: (program: Program) => number) => {
      const last: number[] = [];
      for (const seed of [1, 2]) {
        const trials = await run(strategy, { seed, count: 10, value });
        last.push(...trials.slice(-4).map(({ values }) => values?.accuracy ?? 0));
      }
      return last.reduce((a, b) => a + b, 0) / last.length;
    };
    /** Against the prior: the fewer parameters and the shallower, the better. */
    const contrary = (program: Program) => {
      const { parameters, depth } = know(build(program)).facts;
      return 0.9 - 0.1 * Math.log10(parameters) - 0.01 * depth;
    };

    /** As the prior has it, and more: size and normalization help, depth does up to a point. */
    const agreeing = (program: Program) => {
      const known = know(build(program));
      const isNormal = known.occurrences("normalization").length > 0;
      const { parameters, depth } = known.facts;
      return 0.5 + 0.1 * Math.log10(parameters) + (isNormal ? 0.05 : 0) - 0.01 * Math.max(0, depth - 12);
    };

    it("learns from the trials: better than chance where its prior is wrong, too", async () => {
      for (const value of [agreeing, contrary]) {
        const [guided, chance] = [
          await reached(strategies.archbert, value),
          await reached(strategies.random, value),
        ];
        assert.ok(guided > chance + 0.02, `${guided} is not above ${chance}`);
      }
    });

    it("says why it chose, by each ranker, and lowers the weight of one that is wrong", async () => {
      const trials = await run(strategies.archbert, { seed: 1, count: 10, value: contrary });
      const weights = trials
        .slice(1)
        .map(({ origin }) => origin.rankings.find(({ ranker }) => ranker === "prior")?.weight);
      assert.equal(weights[0], 0.5);
      assert.ok((weights.at(-1) ?? 1) < 0.3, weights.join());
      const { rankings, rank, candidates, predicted } = trials[9]?.origin ?? assert.fail();
      assert.equal(rank, 1);
      assert.ok(candidates !== null && rankings.every((one) => one.rank >= 1 && one.rank <= candidates));
      const values = trials.slice(0, 9).map((trial) => trial.values?.accuracy ?? 0);
      assert.ok(predicted !== null && predicted >= Math.min(...values) && predicted <= Math.max(...values));
    });

    it("learns from a bounded number of trials: the best, and the latest", async () => {
      const few = await run(strategies.random, { seed: 1, count: 8, value: goodness });
      const long = Array.from({ length: 3000 }, (_, number): Trial => {
        const { values, ...trial } = few[number % few.length] ?? assert.fail();
        const accuracy = number === 7 ? 0.99 : 0.5 + number / 1e4;
        return { ...trial, number, values: values && { ...values, accuracy } };
      });
      let asked = 0;
      let isBestKnown = false;
      const context = contextOf(1, long, {
        read: async () => ({ claims: [], notUnderstood: [] }),
        write: async () => [],
        fit: async (_prompt, members) => {
          asked = members.length;
          isBestKnown = members.some(({ text }) => text === `${few[7]?.program}# the best\n`);
          return members.map(() => 0);
        },
      });
      const history = long.map((trial) =>
        trial.number === 7 ? { ...trial, program: `${trial.program}# the best\n` } : trial,
      );
      const proposed = await strategies.archbert.propose(history, context);
      assert.ok(proposed);
      assert.ok(asked > 512 && asked < 512 + 100, `${asked} networks were ranked`);
      assert.ok(isBestKnown);
    });

    it("asks ArchBERT, and takes what it wrote among the candidates", async () => {
      const favourite = space.admit(parse("input 8x8x1\nstem conv 9\nstage 1 conv 11\nhead 10\n"));
      assert.ok(favourite);
      const guide: Guide = {
        read: async () => ({ claims: [], notUnderstood: [] }),
        write: async () => [],
        fit: async (_prompt, members) => members.map(({ text }) => (text === favourite.text ? 1 : 0)),
      };
      const [first] = space.starts;
      const history = await run(strategies.archbert, { seed: 1, count: 1, value: goodness });
      assert.equal(history[0]?.program, first?.text);
      const context = { ...contextOf(1, history, guide), written: async () => [favourite] };
      const proposed = await strategies.archbert.propose(history, context);
      assert.equal(proposed?.member.text, favourite.text);
      assert.equal(proposed?.origin.how, "written");
      const [ranking] = proposed?.origin.rankings ?? [];
      assert.deepEqual([ranking?.ranker, ranking?.rank], ["archbert", 1]);
    });
  });
});
