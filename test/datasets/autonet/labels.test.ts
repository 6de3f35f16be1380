// AutoNet's labels: what a text means is what it was made of, true and false are as common, and a near miss is near.
import assert from "node:assert/strict";
import { answer, build, type Claim, claimText, holds, know, rng, things } from "../../../archbert/graph";
import { prompt, question, randomProgram, statement } from "../../../datasets";
import { nearMiss } from "../../../datasets/autonet/misses";
import { rounded, written } from "../../../datasets/autonet/numbers";

const networks = Array.from({ length: 150 }, (_, seed) => {
  const program = randomProgram(rng(seed));
  return { seed, program, known: know(build(program)) };
});

describe("AutoNet's labels", function () {
  this.timeout(20_000);

  it("speak of all kinds of claims, and of most things", () => {
    const kinds = new Map<string, number>();
    const spoken = new Set<string>();
    for (const { seed, known } of networks) {
      const random = rng(seed);
      for (let i = 0; i < 12; i++) {
        for (const claim of statement(known, random, { wordings: "train", holds: i % 2 === 0 }).claims) {
          kinds.set(claim.kind, (kinds.get(claim.kind) ?? 0) + 1);
          if ("thing" in claim) spoken.add(claim.thing);
        }
      }
    }
    assert.deepEqual([...kinds.keys()].sort(), [
      "count",
      "has",
      "input",
      "is",
      "kernel",
      "more",
      "number",
      "stages",
    ]);
    assert.ok(spoken.size > 0.9 * things.length, `${spoken.size} of ${things.length} things`);
  });

  it("are not given away by the kind of claim: each kind is true and false", () => {
    const truth = new Map<string, [yes: number, no: number]>();
    for (const { seed, known } of networks) {
      const random = rng(seed);
      for (let i = 0; i < 20; i++) {
        const isTrue = i % 2 === 0;
        const { claims } = statement(known, random, { wordings: "train", holds: isTrue });
        const [only] = claims;
        if (claims.length > 1 || !only) continue;
        const counts = truth.get(only.kind) ?? [0, 0];
        counts[isTrue ? 0 : 1]++;
        truth.set(only.kind, counts);
      }
    }
    for (const [kind, [yes, no]] of truth)
      assert.ok(yes / (yes + no) > 0.3 && yes / (yes + no) < 0.7, `${kind}: ${yes} true, ${no} false`);
  });

  it("of questions are answers with nodes; yes and no are as common", () => {
    const counts = new Map<string, number>();
    for (const { seed, known } of networks) {
      const random = rng(seed);
      const ids = new Set(known.architecture.nodes.map(({ id }) => id));
      for (let i = 0; i < 12; i++) {
        const { text, query } = question(known, random, { wordings: i % 2 === 0 ? "train" : "test" });
        const told = answer(query, known);
        for (const id of told?.nodes ?? []) assert.ok(ids.has(id), text);
        if (query.kind !== "askWhether" || !told) continue;
        assert.equal(told.answer, holds(query.claims, known) ? "yes" : "no", text);
        counts.set(told.answer, (counts.get(told.answer) ?? 0) + 1);
      }
    }
    const [yes = 0, no = 0] = [counts.get("yes"), counts.get("no")];
    assert.ok(yes + no > 300 && yes / (yes + no) > 0.4 && yes / (yes + no) < 0.65, `${yes} yes, ${no} no`);
  });

  it("of near misses are false by one claim alone", () => {
    let missed = 0;
    for (const { seed, program, known } of networks) {
      const random = rng(seed);
      const { claims } = prompt(program, known, random, { wordings: "train" });
      const near = nearMiss(claims, known, random);
      if (near === null) continue;
      missed++;
      const changed = near.filter((claim, i) => claim !== claims[i]);
      assert.equal(near.length, claims.length);
      assert.equal(changed.length, 1);
      assert.equal(holds(changed, known), false, claimText(changed[0] as Claim));
      assert.equal(holds(near, known), false);
    }
    assert.ok(missed > 0.95 * networks.length, `${missed} of ${networks.length}`);
  });

  it("of numbers are what is written: value and last digit", () => {
    const scales: Record<string, number> = {
      k: 1e3,
      K: 1e3,
      thousand: 1e3,
      M: 1e6,
      m: 1e6,
      million: 1e6,
      G: 1e9,
      B: 1e9,
      billion: 1e9,
    };
    let read = 0;
    for (let seed = 1; seed < 400; seed++) {
      const random = rng(seed);
      const amount = rounded(10 ** (3 + 6 * random.next()), 1 + random.below(4));
      const text = written(amount, random);
      const [, digits, unit] = /^([\d.]+) ?(k|K|thousand|M|m|million|G|B|billion)$/.exec(text) ?? [];
      const scale = scales[unit ?? ""];
      if (digits === undefined || scale === undefined) continue;
      read++;
      const decimals = (digits.split(".")[1] ?? "").length;
      assert.ok(Math.abs(Number(digits) * scale - amount.value) < 1e-6 * amount.value, text);
      assert.ok(Math.abs(scale / 10 ** decimals / 2 - amount.tolerance) < 1e-6 * amount.value, text);
    }
    assert.ok(read > 200, `${read} read`);
  });
});
