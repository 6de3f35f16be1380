// Trials and studies made for tests of what is shown.
import { build, parse } from "../../../archbert/graph";
import type { Study, Trial, Why } from "../../../automl";

export const program = "input 8x8x1\nstem conv 16\nstage 2 residual 32 stride 2\nhead 10 dropout 0.1\n";

export function trial(number: number, more: Partial<Trial> = {}): Trial {
  return {
    number,
    state: "complete",
    program,
    parameters: 12_345 + number,
    values: { accuracy: (90 + number) / 100, loss: 0.3, epochs: 10, seconds: 2.5 },
    intermediateValues: [],
    reason: null,
    origin: {
      how: "default",
      parent: null,
      mutation: null,
      rankings: [],
      rank: null,
      candidates: null,
      predicted: null,
    },
    claims: [{ text: "fewer than 30,000 parameters", verdict: "proved", nodes: ["stem.conv"] }],
    attempts: 1,
    ...more,
  };
}

/** One of each state; number 1 is the best. */
export const trials: readonly Trial[] = [
  trial(0, { values: { accuracy: 0.95, loss: 0.2, epochs: 10, seconds: 2 } }),
  trial(1, {
    values: { accuracy: 0.975, loss: 0.1, epochs: 10, seconds: 2 },
    origin: {
      how: "mutation",
      parent: 0,
      mutation: "widen",
      rankings: [{ ranker: "prior", score: -0.5, weight: 0.4, rank: 3 }],
      rank: 1,
      candidates: 40,
      predicted: 0.96,
    },
  }),
  trial(2, {
    state: "pruned",
    values: { accuracy: 0.6, loss: 1, epochs: 4, seconds: 1 },
    reason: "below the median",
  }),
  trial(3, { state: "failed", values: null, reason: "the loss is not a number" }),
  trial(4, { state: "running", values: null }),
];

export function study(more: Partial<Study> = {}): Study {
  const why = (number: number): Why => {
    const { origin, claims, state, reason, values, ...rest } = trials[number] as Trial;
    return {
      ...origin,
      number,
      state,
      program: rest.program,
      parentProgram: null,
      claims,
      reason,
      values,
      place: 1,
    };
  };
  return {
    prompt: "a small residual network, under 30k parameters",
    claims: ["fewer than 30,000 parameters"],
    notUnderstood: ["It is pretty."],
    data: "digits",
    strategy: "archbert",
    seed: 1,
    storage: "sqlite:///study.db",
    backend: "wasm",
    versions: {},
    best: {
      number: 1,
      program,
      network: build(parse(program)),
      parameters: 12_346,
      metrics: { accuracy: 0.975, loss: 0.1, epochs: 10, seconds: 2 },
      testScore: 0.981,
      testLoss: 0.08,
      exports: ["best/model.onnx"],
      notExported: null,
    },
    trials,
    why,
    ...more,
  };
}
