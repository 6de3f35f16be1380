// The page of the language against the language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { facts } from "../../../../archbert/graph";
import {
  activations,
  blockNames,
  blocks,
  build,
  type Kind,
  norms,
  parse,
  ranges,
} from "../../../../archbert/graph/language";

const page = readFileSync(
  join(resolve(__dirname, "..", "..", "..", "..", ".."), "docs", "architecture-language.md"),
  "utf8",
);
const examples = [...page.matchAll(/^```arch\n([\s\S]*?)^```/gm)].map(([, text]) => text as string);

describe("docs/architecture-language.md", () => {
  it("has examples", () => assert.ok(examples.length >= 6));
  for (const text of examples) {
    it(`counts right: ${text.split("\n")[0]}`, () => {
      const said = /([\d,]+) parameters/.exec(text)?.[1]?.replaceAll(",", "");
      assert.equal(String(facts(build(parse(text))).parameters), said);
    });
  }

  it("names the kinds, their options and defaults", () => {
    for (const name of blockNames) {
      const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\``)) ?? "";
      const { options, defaults }: Kind = blocks[name];
      const cells = row.split("|").at(-2) ?? "";
      const said = [...cells.matchAll(/`([^`]+)`/g)].map(([, item]) => item);
      assert.deepEqual(
        said.filter((item) => item !== "heads"),
        Object.keys(options)
          .filter((item) => item !== "heads")
          .map((item) => `${item} ${defaults[item]}`),
        name,
      );
    }
  });

  it("has the words of the grammar", () => {
    const grammar = /```ebnf\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
    const wordsOf = (rule: string) =>
      [...(new RegExp(`^${rule} += (.*) ;$`, "m").exec(grammar)?.[1] ?? "").matchAll(/"(\w+)"/g)].map(
        ([, word]) => word,
      );
    assert.deepEqual(wordsOf("BLOCK"), blockNames);
    assert.deepEqual(wordsOf("NORM"), norms);
    assert.deepEqual(wordsOf("ACTIVATION"), activations);
  });

  it("states the bounds that hold", () => {
    const bounds = page.split("## Bounds")[1]?.split("##")[0] ?? "";
    for (const { max } of [
      ranges.pixels,
      ranges.channels,
      ranges.features,
      ranges.width,
      ranges.classes,
      ranges.groups,
    ]) {
      assert.ok(bounds.includes(max.toLocaleString("en-US")) || bounds.includes(String(max)), String(max));
    }
  });
});
