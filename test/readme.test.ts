// The README against the product: every magic, command and script that it names is there, and the other way round.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { commands, groups } from "../kernel/cli/program";
import { magics } from "../kernel/magics";
import { fallbackOf, type Magic, namedVerbs } from "../kernel/magics/magic";

const root = resolve(__dirname, "..", "..");
const read = (name: string) => readFileSync(join(root, name), "utf8");
const pages = ["README.md", "CONTRIBUTING.md"];

describe("README", () => {
  it("names every magic and no other", () => {
    const named = [...read("README.md").matchAll(/^\| `%%?(\w+)(?: (\w+))?/gm)].map(([, magic, verb]) =>
      verb && /^[a-z]/.test(verb) ? `${magic} ${verb}` : magic,
    );
    const real = Object.values<Magic>(magics).flatMap((magic) =>
      magic.kind === "verbs"
        ? [
            ...Object.keys(namedVerbs(magic)).map((verb) => `${magic.name} ${verb}`),
            ...(fallbackOf(magic) ? [magic.name] : []),
          ]
        : [magic.name],
    );
    assert.deepEqual([...new Set([...named, "doctor"])].sort(), real.sort());
  });

  it("names every command and no other", () => {
    const table = read("README.md").split("## On the command line")[1]?.split("\n## ")[0] ?? "";
    const named = [...table.matchAll(/`archbert (\w+)/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(named)].sort(), [...commands, ...groups].map(({ name }) => name).sort());
  });

  for (const page of pages) {
    it(`${page}: its npm scripts and files are there`, () => {
      const text = read(page);
      const { scripts } = JSON.parse(read("package.json"));
      const builtIn = new Set(["ci", "install"]);
      for (const [, word] of text.matchAll(/(?:`|^|" )npm (?:run )?([a-z]+)\b/gm)) {
        if (!builtIn.has(word as string)) assert.ok(word && word in scripts, `npm ${word}`);
      }
      for (const [, link] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        assert.ok(existsSync(join(root, link as string)), `${link}`);
      }
    });
  }
});
