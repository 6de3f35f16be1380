// A study to be stored.
import type { StudyConfig } from "../../../automl/storages";
import type { NewTrial } from "../../../automl/trial";

export const config: StudyConfig = {
  prompt: "a residual network",
  claims: [{ kind: "has", not: false, thing: "residual" }],
  notUnderstood: ["for free"],
  data: { name: "digits", from: "digits", fingerprint: "abc" },
  seed: 7,
  jobs: 2,
  trials: 12,
  strategy: "random",
  evaluator: { evaluator: "fake", epochs: 3 },
};

export const trial = (number: number, program = `program ${number}`): NewTrial => ({
  number,
  program,
  parameters: 10 + number,
  origin: {
    how: "mutation",
    parent: 0,
    mutation: "widen",
    rankings: [{ ranker: "prior", score: -0.5, weight: 0.5, rank: 3 }],
    rank: 1,
    candidates: 9,
    predicted: 0.9,
  },
  claims: [{ text: "residual connections", verdict: "proved", nodes: ["a", "b"] }],
});
