// A search in a process that may be killed: tells its events to the one that started it.
import { search } from "../../automl";
import { fakeData, fakeEvaluator, trainedStudy } from "./fakes";

const [prompt = "", folder = "", how = "fake"] = process.argv.slice(2);

const faked = {
  guide: null,
  data: fakeData(),
  trials: 9,
  seed: 3,
  strategy: "local",
  jobs: 1,
  evaluator: fakeEvaluator({ epochMs: 5 }),
};

void search(prompt, {
  ...(how === "fake" ? faked : trainedStudy),
  folder,
  storage: "sqlite:///study.db",
  onEvent: (event) => process.send?.(event),
});
