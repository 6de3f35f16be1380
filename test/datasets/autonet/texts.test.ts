// AutoNet: what is said of a network is so or is not, as told; wordings of the test are kept from the training.
import assert from "node:assert/strict";
import { answer, build, canonicalProgram, format, holds, know, parse, rng } from "../../../archbert/graph";
import { nonsense, prompt, question, randomProgram, statement, variant } from "../../../datasets";
import { filler, pick, speak, splitOf, type Voice, type Wordings } from "../../../datasets/autonet/language";
import * as clauses from "../../../datasets/autonet/words/clauses";
import * as frames from "../../../datasets/autonet/words/frames";
import * as names from "../../../datasets/autonet/words/names";
import * as idle from "../../../datasets/autonet/words/nonsense";
import * as quantities from "../../../datasets/autonet/words/quantities";
import * as things from "../../../datasets/autonet/words/things";
import * as wishes from "../../../datasets/autonet/words/wishes";

const allWordings: readonly Wordings[] = ["train", "test", "strange"];
const seeds = Array.from({ length: 40 }, (_, i) => i + 1);
const networks = seeds.map((seed) => {
  const program = randomProgram(rng(seed));
  return { seed, program, known: know(build(program)) };
});

/** Every list "a; b; c" of a table, however deep. */
function listsOf(table: unknown): string[] {
  if (typeof table === "string") return table.includes(";") ? [table] : [];
  return typeof table === "object" && table !== null ? Object.values(table).flatMap(listsOf) : [];
}

describe("AutoNet", function () {
  this.timeout(20_000);

  it("writes many different programs that build, and come back from their text", () => {
    for (const { program } of networks) {
      assert.equal(canonicalProgram(parse(format(program))), canonicalProgram(program));
    }
    assert.ok(new Set(networks.map(({ program }) => format(program))).size > 35);
  });

  it("makes clones that are never the program itself, and build", () => {
    for (const { seed, program } of networks) {
      const clone = variant(program, rng(seed));
      assert.notEqual(canonicalProgram(clone), canonicalProgram(program));
      assert.ok(build(clone).nodes.length > 0);
    }
  });

  it("says what holds and what does not, and wishes for what the program fulfils", () => {
    for (const wordings of allWordings) {
      for (const { seed, program, known } of networks) {
        for (const isTrue of [true, false]) {
          const { text, claims } = statement(known, rng(seed), { wordings, holds: isTrue });
          assert.equal(holds(claims, known), isTrue, text);
          assert.doesNotMatch(text, /[{}!]\w|undefined|null|NaN/, "slots are filled, marks are taken off");
        }
        const wish = prompt(program, known, rng(seed), { wordings });
        assert.equal(holds(wish.claims, known), true, wish.text);
      }
    }
  });

  it("asks what mostly has an answer", () => {
    const answered = networks.filter(({ seed, known }) => {
      const { text, query } = question(known, rng(seed), { wordings: "test" });
      assert.doesNotMatch(text, /[{}]|undefined|null|NaN/);
      return answer(query, known) !== null;
    });
    assert.ok(answered.length > 0.9 * networks.length, `${answered.length} of ${networks.length}`);
  });

  it("is the same for the same seed", () => {
    for (const { seed, program, known } of networks.slice(0, 10)) {
      const told = () => [
        statement(known, rng(seed), { wordings: "train", holds: true }).text,
        question(known, rng(seed), { wordings: "train" }).text,
        prompt(program, known, rng(seed), { wordings: "train" }).text,
        nonsense(rng(seed), { wordings: "train" }),
        format(randomProgram(rng(seed))),
      ];
      assert.deepEqual(told(), told());
    }
  });

  it("keeps the wordings of the test from the training", () => {
    const words = Array.from({ length: 300 }, (_, i) => `word${i}`);
    const list = words.join("; ");
    const heardIn = (wordings: Wordings) => {
      const heard = new Set<string>();
      for (let seed = 1; seed <= 1000; seed++) {
        const say = (voice: Voice) => `${pick(list, voice)} ${pick(list, voice)}`;
        const said = speak(rng(seed), wordings, say).split(" ");
        for (const word of said) heard.add(word);
        if (wordings === "test")
          assert.ok(
            said.some((word) => kept.has(word)),
            said.join(" "),
          );
      }
      return heard;
    };
    const trained = new Set(Array.from({ length: 20_000 }, (_, i) => pickedBy(list, i)));
    const kept = new Set(words.filter((word) => !trained.has(word)));
    assert.ok(kept.size > 5 && kept.size < 40, `${kept.size} of 300 are kept`);
    assert.ok(
      words.slice(0, 6).every((word) => trained.has(word)),
      "the first of a list are common",
    );
    assert.ok([...heardIn("train")].every((word) => trained.has(word)));
    assert.ok([...heardIn("test")].some((word) => trained.has(word)));
    assert.deepEqual(new Set([...heardIn("strange")]), kept);
  });

  it("keeps few wordings of the test that some other list has for the training", () => {
    const lists = listsOf([clauses, frames, names, idle, quantities, things, wishes]);
    assert.ok(lists.length > 300);
    const trained = new Set<string>();
    const kept = new Set<string>();
    for (const list of lists) {
      const { train, test } = splitOf(list);
      for (const entry of train) trained.add(entry);
      if (test !== train) for (const entry of test) kept.add(entry);
    }
    const shared = [...kept].filter((entry) => trained.has(entry));
    assert.ok(kept.size > 800, `${kept.size} wordings`);
    assert.ok(shared.length < 0.03 * kept.size, shared.join("; "));
  });

  it("puts words into what means nothing that nobody knows, in training alone", () => {
    const list = "the network; the model; this network";
    const heardIn = (wordings: Wordings) =>
      seeds.flatMap((seed) =>
        /net|model/.test(speak(rng(seed), wordings, (voice) => filler(list, voice))) ? [] : [seed],
      );
    assert.ok(heardIn("train").length > 0 && heardIn("train").length < 20);
    assert.deepEqual(heardIn("test"), []);
  });
});

const pickedBy = (list: string, seed: number) => speak(rng(seed), "train", (voice) => pick(list, voice));
