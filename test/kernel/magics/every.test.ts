// The contract that every magic and every verb keeps.
import assert from "node:assert/strict";
import { commands } from "../../../kernel/cli/program";
import { createMagics, magics } from "../../../kernel/magics";
import { magicHelp, verbHelp } from "../../../kernel/magics/help";
import type { Magic } from "../../../kernel/magics/magic";
import type { AnyVerb } from "../../../kernel/verbs/verb";
import { fakeLanguage } from "./language";

const { rewrite, complete, inspect } = createMagics(fakeLanguage());

describe("every magic", () => {
  for (const [key, magic] of Object.entries<Magic>(magics)) {
    describe(`%${key}`, () => {
      it("is registered under its name, and says what it does", () => {
        assert.equal(magic.name, key);
        assert.match(magic.summary, /^[a-z].*[^.]$/);
      });
      it("completes and is explained", () => {
        assert.ok(complete(`%${key.slice(0, 2)}`, 3)?.items.some(({ text }) => text === key));
        const { signature, documentation } = magicHelp(magic);
        assert.deepEqual(inspect(`%${key} x`, 2), { signature, documentation });
        assert.ok(signature.startsWith(`%${key}`));
      });
      it("has examples that are right", () => {
        for (const { words } of examplesOf(magic)) {
          assert.doesNotThrow(() => rewrite(`%${key} ${words}`), words);
        }
      });
    });
  }
});

describe("every verb", () => {
  for (const verb of new Set([...commands, ...Object.values<Magic>(magics).flatMap(verbsOf)])) {
    it(`${verb.name} is whole`, () => {
      assert.match(verb.name, /^[a-z]+$/);
      assert.match(verb.summary, /^[a-z].*[^.]$/);
      const args = Object.values(verb.args);
      for (const { summary } of [...args, ...Object.values(verb.options)])
        assert.match(summary, /^[a-z].*[^.]$/);
      assert.ok(
        args.slice(0, -1).every(({ many, optional }, i) => !many && (!optional || args[i + 1]?.optional)),
      );
      for (const [name, { choices, default: fallback, kind, short }] of Object.entries(verb.options)) {
        assert.ok(!(name in verb.args) && name !== "json" && name !== "help");
        assert.equal(kind === "choice", choices !== undefined);
        assert.ok(fallback === undefined || !choices || choices.includes(String(fallback)));
        assert.ok(short === undefined || /^[a-zA-Z]$/.test(short));
      }
      const help = String(verbHelp({ kind: "command", name: verb.name, summary: "", command: verb }, verb));
      for (const name of Object.keys(verb.args)) assert.ok(help.includes(name.toUpperCase()));
    });
  }
});

function verbsOf(magic: Magic): AnyVerb[] {
  if (magic.kind === "verbs") return Object.values(magic.verbs);
  return magic.kind === "command" ? [magic.command] : [];
}

function examplesOf(magic: Magic): AnyVerb["examples"] {
  if (magic.kind !== "verbs") return magic.kind === "command" ? magic.command.examples : magic.examples;
  return Object.values<AnyVerb>(magic.verbs).flatMap(({ name, examples }) =>
    examples.map(({ words, does }) => ({
      words: name === magic.fallback ? words : `${name} ${words}`,
      does,
    })),
  );
}
