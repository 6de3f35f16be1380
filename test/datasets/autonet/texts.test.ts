// AutoNet: what is said of a network is so or is not, as told; wordings of the test are kept from the training.
import assert from "node:assert/strict";
import { answer, build, canonicalProgram, format, holds, know, parse, rng } from "../../../archbert/graph";
import { nonsense, prompt, question, randomProgram, statement, variant } from "../../../datasets";
import { pick, speak, type Voice, type Wordings } from "../../../datasets/autonet/language";
import * as clauses from "../../../datasets/autonet/words/clauses";
import * as frames from "../../../datasets/autonet/words/frames";
import * as names from "../../../datasets/autonet/words/names";
import * as idle from "../../../datasets/autonet/words/nonsense";
import * as quantities from "../../../datasets/autonet/words/quantities";
import * as things from "../../../datasets/autonet/words/things";

const allWordings: readonly Wordings[] = ["train", "test", "strange"];
const seeds = Array.from({ length: 40 }, (_, i) => i + 1);
const networks = seeds.map((seed) => {
  const program = randomProgram(rng(seed));
  return { seed, program, known: know(build(program)) };
});

/** Every list "a; b; !c" of a table, however deep. */
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
    const list = "common; usual; !unseen; !unheard";
    const heardIn = (wordings: Wordings) =>
      seeds.map((seed) => {
        const say = (voice: Voice) => `${pick(list, voice)} ${pick(list, voice)}`;
        return speak(rng(seed), wordings, say);
      });
    assert.ok(heardIn("train").every((text) => !text.includes("un")));
    assert.ok(heardIn("test").every((text) => text.includes("un")));
    assert.ok(heardIn("test").some((text) => /common|usual/.test(text)));
    assert.ok(heardIn("strange").every((text) => !/common|usual/.test(text)));
  });

  it("has in no list a wording of the test that training uses there too", () => {
    const lists = listsOf([clauses, frames, names, idle, quantities, things]);
    assert.ok(lists.length > 100);
    for (const list of lists) {
      const entries = list.split(";").map((entry) => entry.trim());
      const trained = new Set(entries.filter((entry) => !entry.startsWith("!")));
      const shared = entries.filter((entry) => entry.startsWith("!") && trained.has(entry.slice(1)));
      assert.deepEqual(shared, [], list.slice(0, 80));
    }
  });
});
