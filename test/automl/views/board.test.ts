// The panel of a search: what its events make of it, and what a reader sees.
import assert from "node:assert/strict";
import type { StudyEvent } from "../../../automl";
import {
  type Board,
  doneOf,
  ended,
  follow,
  newBoard,
  phaseOf,
  shortProgram,
  showBoard,
} from "../../../automl/views";
import { trial, trials } from "./trials";

const about = {
  prompt: "a small residual network",
  data: "digits",
  strategy: "archbert",
  seed: 1,
  storage: "sqlite:///study.db",
};
const begun: StudyEvent = {
  kind: "study",
  prompt: about.prompt,
  claims: ["fewer than 30,000 parameters"],
  notUnderstood: ["It is pretty."],
  strategy: "archbert",
  trials: [],
  total: 6,
};
const after = (...events: StudyEvent[]): Board => events.reduce(follow, newBoard(about));
const plain = (board: Board) => showBoard(board, { seconds: 65 })["text/plain"];

describe("the panel of a search", () => {
  it("follows the events, and changes no earlier state", () => {
    const empty = newBoard(about);
    assert.equal(phaseOf(empty), "reading the sentence");
    assert.equal(doneOf(empty), 0);
    const running = after(begun, { kind: "trial", trial: trial(0, { state: "running", values: null }) });
    const epoch = follow(running, { kind: "epoch", number: 0, epoch: 3, epochs: 10, accuracy: 0.812 });
    assert.equal(phaseOf(running), "0 of 6 trials; 1 running");
    assert.match(plain(epoch), /0 {2}conv 16 .* 81\.2 % .*epoch 3 of 10/);
    assert.doesNotMatch(plain(running), /epoch 3/);
    assert.ok(Math.abs(doneOf(epoch) - 0.3 / 7) < 1e-9);
    const finished = follow(epoch, { kind: "trial", trial: trial(0) });
    assert.equal(phaseOf(finished), "1 of 6 trials: 1 complete");
    assert.equal(finished.epochs.size, 0);
  });

  it("counts the states, tells the last training and the test", () => {
    const all = after(begun, ...trials.map((each): StudyEvent => ({ kind: "trial", trial: each })));
    assert.equal(phaseOf(all), "4 of 6 trials: 2 complete, 1 pruned, 1 failed; 1 running");
    const last = follow(all, { kind: "retraining", number: 1, epoch: 10, epochs: 40 });
    assert.equal(phaseOf(last), "training the best (trial 1) once more: epoch 10 of 40");
    const tested = follow(last, { kind: "test", number: 1, accuracy: 0.981 });
    assert.match(plain(tested), /Best: trial 1, 97\.5 % on the validation examples; .* 98\.1 % on the test/);
  });

  it("goes on with the trials there are", () => {
    const resumed = after({ ...begun, trials: trials.slice(0, 2) });
    assert.equal(phaseOf(resumed), "2 of 6 trials: 2 complete");
  });

  it("shows the best first, what was understood, what was not, and reasons", () => {
    const board = after({ ...begun, trials });
    const text = plain(board);
    const lines = text.split("\n").filter((line) => /conv 16/.test(line));
    assert.deepEqual(
      lines.map((line) => line.trim().split(/\s+/).slice(0, 2).join(" ")),
      ["1 1", "2 0", "4 conv", "2 conv", "3 conv"],
    );
    assert.match(lines[0] ?? "", /12,346 {2}.*97\.5 % {2}widen of trial 0 {2}complete/);
    assert.match(lines[3] ?? "", /60\.0 % .*pruned: below the median/);
    assert.match(lines[4] ?? "", /failed: the loss is not a number/);
    assert.match(text, /Understood:\n {2}✓ fewer than 30,000 parameters/);
    assert.match(text, /Not understood, and so no constraint: "It is pretty\."/);
    assert.match(text, /data digits · strategy archbert · seed 1 · sqlite:\/\/\/study\.db/);
    assert.match(text, / · 1:05$/m);
  });

  it("leaves the claims to the study once it is done", () => {
    const board = after({ ...begun, trials });
    const said = /nderstood|30,000 parameters/;
    const done = showBoard({ ...board, end: { how: "done" } }, { seconds: 1 });
    const stopped = showBoard({ ...board, end: { how: "stopped", note: "Stopped." } }, { seconds: 1 });
    for (const kind of ["text/html", "text/plain"] as const) {
      assert.doesNotMatch(String(done[kind]), said);
      assert.match(String(stopped[kind]), said);
    }
  });

  it("folds the networks open once nothing changes any more, and has no bar then", () => {
    const board = after({ ...begun, trials });
    const live = String(showBoard(board, { seconds: 1 })["text/html"]);
    const ended = String(showBoard({ ...board, end: { how: "done" } }, { seconds: 1 })["text/html"]);
    assert.ok(!live.includes("<pre") && ended.includes("<pre"));
    assert.ok(live.includes("width:57.1%") && !ended.includes("width:57.1%"), live);
  });

  it("says how it was stopped", () => {
    const running = trial(0, { state: "running", values: null });
    const event: StudyEvent = { kind: "epoch", number: 0, epoch: 3, epochs: 10, accuracy: 0.8 };
    const board = ended(after({ ...begun, trials: [running] }, event), {
      how: "stopped",
      note: "Stopped. Go on with x",
    });
    assert.match(plain(board), /^Stopped\. Go on with x$/m);
    assert.match(plain(board), /conv 16 .* first guess +queued$/m);
  });

  it("bounds what it writes of a thousand trials", () => {
    const many = Array.from({ length: 1000 }, (_, i) => trial(i, { values: null, state: "queued" }));
    const html = String(showBoard(after({ ...begun, trials: many }), { seconds: 1 })["text/html"]);
    assert.match(html, /988 more trials/);
    assert.match(html, /700 more in \.trials/);
    assert.equal(html.match(/<tr>/g)?.length, 300 + 1 + 2);
  });

  it("says a program in short", () => {
    assert.equal(
      shortProgram(
        "input 8x8x1\nnorm layer\nstem conv 16 kernel 5\nstage 2 residual 32 stride 2 se 4\npool max\nhead 10\n",
      ),
      "norm layer · conv 16 kernel 5 · 2×residual 32 /2 se 4 · pool max",
    );
    assert.equal(shortProgram("input 30\nhead 10 dropout 0.5\n"), "dropout 0.5");
  });
});
