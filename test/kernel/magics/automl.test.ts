// %automl: how it is read, completed and explained; and tiny searches in cells, with a stand-in for the model.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { useModel } from "../../../archbert";
import { type Study, searchDefaults, trainingDefaults } from "../../../automl";
import { toMimeBundle } from "../../../kernel/display";
import { CompileError, type Language } from "../../../kernel/language";
import { createMagicRuntime, createMagics, type Magics } from "../../../kernel/magics";
import { createLanguage } from "../../../kernel/tslab";
import { automlVerbs } from "../../../kernel/verbs/automl";
import { flagOf } from "../../../kernel/verbs/flags";
import type { OptionSpec } from "../../../kernel/verbs/verb";
import { standIn } from "../../archbert/tasks/standIn";
import { type FakeHost, fakeHost } from "./host";
import { fakeLanguage } from "./language";

const root = path.join(__dirname, "../../../..");
const a = "archbertMagic.automl";

/** Cell and what the compiler sees. */
const rewritten: readonly (readonly [string, string])[] = [
  ['%automl "a small net, 8x8"', `await ${a}.search({text: "a small net, 8x8"})`],
  [
    "const study = %automl a small net, under 30k --data digits --trials 3",
    `const study = (await ${a}.search({text: "a small net, under 30k", data: "digits", trials: 3}))`,
  ],
  [
    "%automl --seed 2 --final-epochs 5 why not a net?",
    `await ${a}.search({seed: 2, finalEpochs: 5, text: "why not a net?"})`,
  ],
  ["%automl {wish} --trials {n};", `void (await ${a}.search({text: wish, trials: n}));`],
  ["%automl why 3", `await ${a}.why({number: "3"})`],
  [
    "(%automl why 3 --storage sqlite:///s.db).how",
    `((await ${a}.why({number: "3", storage: "sqlite:///s.db"}))).how`,
  ],
  ["%automl resume", `await ${a}.resume({})`],
  ["%automl resume sqlite:///s.db --trials 30", `await ${a}.resume({storage: "sqlite:///s.db", trials: 30})`],
  ["%%automl --trials 3\na small\nnet", `await ${a}.search({trials: 3, text: \`\na small\nnet\`.slice(1)})`],
  ["%automl", 'await archbertMagic.help("%automl")'],
  ["%automl?", 'await archbertMagic.help("%automl")'],
  ["%automl --help", 'await archbertMagic.help("%automl")'],
  ['%automl "a net" --help', 'await archbertMagic.help("%automl")'],
  ["%automl why?", 'await archbertMagic.help("%automl why")'],
];

describe("%automl, as it is typed", () => {
  const { rewrite, complete, inspect } = createMagics(fakeLanguage(), { folder: () => root });

  for (const [cell, expected] of rewritten) {
    it(cell.replaceAll("\n", " ⏎ "), () => assert.equal(rewrite(cell).source, expected));
  }

  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['%automl "a net" --trails 3', /%automl has no option --trails\. Did you mean --trials\?/],
    ['%automl "a net" --trials many', /%automl --trials: "many" is not a number/],
    ['%automl "a" net', /what is "net"\? Put quotes around all of the sentence/],
    ["%automl --trials 3", /%automl needs TEXT: what the network should be/],
    ["%automl why", /%automl why needs NUMBER/],
    ["%automl why 3 --seed 2", /%automl why has no option --seed/],
  ];
  for (const [cell, said] of mistakes) {
    it(`says what is wrong in ${cell}`, () => {
      assert.throws(
        () => rewrite(cell),
        (error) => error instanceof CompileError && said.test(error.diagnostics[0]?.message ?? ""),
      );
    });
  }

  it("completes its verbs, options and their values", () => {
    const texts = (cell: string) => complete(cell, cell.length)?.items.map(({ text }) => text) ?? [];
    assert.deepEqual(texts("%automl ").slice(0, 4), ["why", "resume", "--data", "--trials"]);
    assert.deepEqual(texts("%automl re"), ["resume"]);
    assert.deepEqual(texts("%automl --str"), ["--strategy"]);
    assert.deepEqual(texts('%automl "a net" --strategy '), ["archbert", "random", "local"]);
    assert.deepEqual(texts('%automl "a net" --data d').slice(0, 1), ["digits"]);
    assert.deepEqual(texts("%automl a small net --tri"), ["--trials"]);
    assert.deepEqual(texts("%automl why 3 --"), ["--storage"]);
  });

  it("explains itself, with its verbs and an example", () => {
    const { signature, documentation } = inspect("%automl", 3) ?? { signature: "", documentation: "" };
    assert.match(signature, /^%automl TEXT \[--data FILE\] .*\[--final-epochs N\]/);
    assert.match(documentation, /`%automl resume \[STORAGE\]/);
    assert.match(documentation, /Examples:\n\n- `%automl "a small residual network/);
    assert.match(inspect("%automl why 3", 10)?.signature ?? "", /^%automl why NUMBER/);
    assert.match(inspect("%automl a net --trials 3", 18)?.signature ?? "", /^%automl --trials N$/);
  });

  it("has the defaults of the search itself", () => {
    const { options } = automlVerbs.search;
    const own = { ...searchDefaults, ...trainingDefaults };
    for (const name of ["data", "trials", "seed", "strategy", "epochs", "finalEpochs"] as const) {
      assert.equal(options[name].default, own[name], name);
    }
  });

  it("has the options and defaults that docs/automl.md lists, and no others", () => {
    const docs = readFileSync(path.join(root, "docs/automl.md"), "utf8");
    const listed = [...docs.matchAll(/^\| `(--[\w-]+)` \| `?([\w-]+)/gm)].map(([, flag, value]) => [
      flag,
      value,
    ]);
    const real = Object.entries<OptionSpec>(automlVerbs.search.options).map(([name, spec]) => [
      flagOf(name),
      spec.default === undefined ? undefined : String(spec.default),
    ]);
    assert.deepEqual(listed.map(([flag]) => flag).sort(), real.map(([flag]) => flag).sort());
    for (const [flag, value] of real) {
      if (value !== undefined) assert.deepEqual(listed.find(([each]) => each === flag)?.[1], value, flag);
    }
  });
});

const html = async (value: unknown) => String((await toMimeBundle(value)).data["text/html"]);

describe("%automl in cells", function () {
  this.timeout(120_000);
  let language: Language;
  let magics: Magics;
  let host: FakeHost;
  let folder: string;
  const here = process.cwd();
  const tiny = "--trials 2 --epochs 1 --final-epochs 1 --parallel 1";
  const run = async (cell: string) => (await magics.execute(cell)).value;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-automl-"));
    process.chdir(folder);
    useModel(standIn({ wishes: { "A tiny net.": "parameters < 3k" } }));
    host = Object.defineProperty(fakeHost(), "language", { get: () => language });
    language = createLanguage({
      folder: root,
      globals: {
        archbertMagic: { value: createMagicRuntime(host), type: 'import("archbert/kernel").MagicRuntime' },
      },
    });
    magics = createMagics(language);
  });
  after(() => {
    process.chdir(here);
    useModel(undefined);
    language.dispose();
    rmSync(folder, { recursive: true });
  });

  it("gives the study, and shows a panel and a curve, each replaced in place", async () => {
    await run(`const study = %automl "A tiny net. It is pretty." ${tiny} --name tiny -o best`);
    const study = (await run("study")) as Study;
    const { best, trials, notUnderstood } = study;
    assert.ok(best && best.parameters < 3000 && best.testScore !== null);
    assert.deepEqual(
      trials.map(({ state }) => state),
      ["complete", "complete"],
    );
    assert.deepEqual(notUnderstood, ["It is pretty"]);
    assert.deepEqual(readdirSync("best").sort(), ["model.onnx", "program.arch", "tfjs"]);

    const ids = [...new Set(host.shown.map(({ options }) => options.id))];
    assert.equal(ids.length, 2);
    for (const id of ids) {
      const updates = host.shown
        .filter(({ options }) => options.id === id)
        .map(({ options }) => options.update);
      assert.deepEqual(updates, [false, ...updates.slice(1).map(() => true)]);
    }
    const lastOf = (id: string | undefined) => host.shown.findLast(({ options }) => options.id === id)?.value;
    const panels = host.shown.filter(({ options }) => options.id === ids[0]).map(({ value }) => html(value));
    const missed = /not understood, and so no constraint: “It is pretty”/;
    assert.ok((await Promise.all(panels)).some((shown) => missed.test(shown)));
    const panel = await html(lastOf(ids[0]));
    assert.match(panel, /2 of 2 trials: 2 complete/);
    assert.doesNotMatch(panel, missed);
    assert.match(await html(study), missed);
    assert.match(panel, /on the test examples/);
    assert.doesNotMatch(panel, /<script|onload|onclick|<style/);
    const curve = (await toMimeBundle(lastOf(ids[1]))).data;
    assert.deepEqual(Object.keys(curve).sort(), [
      "application/vnd.plotly.v1+json",
      "image/png",
      "text/plain",
    ]);
    assert.deepEqual(host.hints.at(-1), undefined);
  });

  it("types the study, and what its trials say", async () => {
    assert.match(String(await run("study.best!.program")), /^input 8x8x1\n/);
    assert.match(String(await run("study.why(1)")), /^Trial 1\n/);
    assert.match(String(await run("(%automl why 0).how")), /^default$/);
    for (const [cell, type] of [
      ["study.nope", "Study"],
      ["(%automl why 0).nope", "Why"],
    ] as const) {
      await assert.rejects(
        magics.execute(cell),
        (error) =>
          error instanceof CompileError &&
          error.diagnostics[0]?.message === `Property 'nope' does not exist on type '${type}'.`,
      );
    }
  });

  it("shows a study of the API, too, and one trial's origin", async () => {
    const { withDisplay: _, ...study } = { ...((await run("study")) as Study), withDisplay: 0 };
    assert.match(await html(study), /looked at once/);
    assert.match(await html({ ...study.why(0) }), /Trial 0/);
  });

  it("resumes what is over without training anything, by its storage", async () => {
    const resumed = (await run("%automl resume sqlite:///tiny.db")) as Study;
    assert.deepEqual(resumed.trials, ((await run("study")) as Study).trials);
  });

  it("stops in the midst, says how to go on, and goes on in memory", async () => {
    const abort = new AbortController();
    const interrupted = Object.defineProperty(fakeHost(), "signal", { value: abort.signal });
    const { automl } = createMagicRuntime(interrupted);
    const ended = automl.search({ text: "A tiny net.", trials: 1, epochs: 3, finalEpochs: 1 });
    while (interrupted.hints.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const began = performance.now();
    abort.abort(new Error("stopped"));
    await assert.rejects(ended, /stopped/);
    assert.ok(performance.now() - began < 3000);
    assert.match(interrupted.hints[0] ?? "", /%automl resume \(while this kernel lives/);
    assert.match(
      await html(interrupted.shown.at(-1)?.value),
      /Stopped\. The study goes on with: %automl resume/,
    );
    const next = createMagicRuntime(fakeHost()).automl;
    const early = await next.why({ number: "0" });
    assert.ok(early.state !== "complete" && early.values === null, early.state);
    await assert.rejects(next.why({ number: "1" }), /there is no trial 1\. Give a number from 0 to 0/);
    const { trials } = await next.resume({});
    assert.deepEqual(
      trials.map(({ state, values }) => [state, values?.epochs]),
      [["complete", 3]],
    );
    assert.equal((await next.why({ number: "0" })).place, 1);
  });

  it("says what is wrong: data, strategy, names, numbers", async () => {
    const { automl } = createMagicRuntime(fakeHost());
    const text = "A tiny net.";
    await assert.rejects(
      automl.search({ text, data: "digit" }),
      /there is no dataset "digit"\. Choose digits/,
    );
    await assert.rejects(
      automl.search({ text, strategy: "rnadom" }),
      /no strategy "rnadom"\. Choose archbert, random, local/,
    );
    await assert.rejects(automl.search({ text, trials: 0 }), /trials is 0/);
    await assert.rejects(
      automl.search({ text, out: __filename }),
      /automl\.test\.js: no such folder can be made: something else has its name/,
    );
    await assert.rejects(automl.search({ text, name: "../x" }), /"\.\.\/x" is no name of a study/);
    await assert.rejects(automl.search({ text, name: "x", storage: "memory:" }), /both --storage and --name/);
    await assert.rejects(
      automl.search({ text, storage: "mysql://x" }),
      /no storage is named by "mysql:\/\/x"/,
    );
    await assert.rejects(automl.why({ number: "x" }), /"x" is no number of a trial/);
    await assert.rejects(automl.resume({ storage: "sqlite:///none.db" }), /there is no study/);
  });

  it("shows what failed in the panel, escaped", async () => {
    const failing = fakeHost();
    await assert.rejects(createMagicRuntime(failing).automl.search({ text: "A tiny net.", data: "<b>" }));
    assert.match(
      await html(failing.shown.at(-1)?.value),
      /there is no dataset (&quot;|&#34;)(&lt;|&#60;)b(&gt;|&#62;)/,
    );
  });
});
