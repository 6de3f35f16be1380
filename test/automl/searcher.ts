// A search in a process that may be killed: tells its events to the one that started it.
import { search } from "../../automl";
import { fakeData, fakeEvaluator } from "./fakes";

const [prompt = "", folder = ""] = process.argv.slice(2);

void search(prompt, {
  guide: null,
  data: fakeData(),
  trials: 9,
  seed: 3,
  strategy: "local",
  jobs: 1,
  evaluator: fakeEvaluator({ epochMs: 5 }),
  folder,
  storage: "sqlite:///study.db",
  onEvent: (event) => process.send?.(event),
});
