// The page of claims against the vocabulary.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  adjectiveMeanings,
  build,
  check,
  familyMarks,
  holds,
  know,
  parse,
  quantities,
  relations,
  things,
  thingWords,
  types,
} from "../../../../archbert/graph";

const docs = join(resolve(__dirname, "..", "..", "..", "..", ".."), "docs");
const page = readFileSync(join(docs, "claims.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| "));

describe("docs/claims.md", () => {
  it("lists every thing with its name, and no other", () => {
    const section = /## Things\n([\s\S]*?)\n## /.exec(page)?.[1] ?? "";
    const listed = [...section.matchAll(/^\| `(\w+)` \| ([^|]+) \|$/gm)];
    assert.deepEqual(
      listed.map(([, name]) => name),
      [...things],
    );
    for (const [, name, told = ""] of listed)
      assert.ok(told.startsWith(thingWords[name as keyof typeof thingWords][1]), `${name}: ${told}`);
  });

  it("lists every quantity, type and relation", () => {
    for (const name of [...quantities, ...types, ...relations]) assert.ok(page.includes(`\`${name}\``), name);
  });

  it("tells what adjectives mean", () => {
    for (const [word, { told, claim }] of Object.entries(adjectiveMeanings)) {
      const meant = `\`${claim.quantity} ${claim.relation} ${claim.amount.value}\``;
      assert.ok(rows.includes(`| \`${word}\` | ${told} | ${meant} |`), word);
    }
  });

  it("tells the marks of families", () => {
    const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ") || "–";
    for (const [name, { has, lacks }] of Object.entries(familyMarks))
      assert.ok(rows.includes(`| ${name} | ${code(has)} | ${code(lacks)} |`), name);
  });

  it("has examples that are so, and links that lead somewhere", () => {
    const claims = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
    const network = know(build(parse("input 8x8x1\nstem conv 16\nstage 2 residual 16\nhead 10")));
    assert.equal(holds(claims, network), null, "small, no dropout, under 500k; perhaps a ResNet");
    const { text, verdict, nodes } = check({ kind: "has", not: false, thing: "residual" }, network);
    assert.ok(page.includes(`text: "${text}", verdict: "${verdict}", nodes: ["${nodes[0]}"`));
    for (const [, link = ""] of page.matchAll(/\]\((?!http)([^)#]+)/g))
      assert.ok(existsSync(join(docs, link)), link);
  });
});
