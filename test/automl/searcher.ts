// A search in a process that may be killed: tells its events to the one that started it.
import { search } from "../../automl";
import { fakedStudy, fakeEvaluator, trainedStudy } from "./fakes";

const [prompt = "", folder = "", how = "fake"] = process.argv.slice(2);

void search(prompt, {
  ...(how === "fake" ? { ...fakedStudy, evaluator: fakeEvaluator({ epochMs: 5 }) } : trainedStudy),
  folder,
  storage: "sqlite:///study.db",
  onEvent: (event) => process.send?.(event),
});
