// automl why: how the network of a trial came to be, and why it was chosen.
import { ArchError } from "../../../archbert/graph/errors";
import type { Why } from "../../../automl";
import { verb } from "../verb";
import { storageOption, studyNamed } from "./place";
import { shown } from "./watch";

export const why = verb({
  name: "why",
  summary: "says how the network of a trial came to be, and why it was tried",
  examples: [{ words: "3 --storage sqlite:///tiny.db", does: "trial 3 of that study" }],
  args: { number: { kind: "text", summary: "the trial's number" } },
  options: {
    storage: { ...storageOption, summary: "where the study is kept; in a notebook, else the latest" },
  },
  async run({ number, storage }, { folder }): Promise<Why> {
    if (!/^\d{1,9}$/.test(number)) {
      throw new ArchError(`"${number}" is no number of a trial`, {
        fix: "Give one of the leaderboard: 0, 1, 2, …",
      });
    }
    const study = await studyNamed(storage, `automl why ${number} --storage sqlite:///study.db`, folder);
    return shown(study).why(Number(number));
  },
  toText: (told) => String(told),
  toJson: (told) => told,
});
