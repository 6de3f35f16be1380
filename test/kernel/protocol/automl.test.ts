// A search in a real kernel: what a front end gets, an interrupt in its midst, and a kernel that is killed.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Message } from "../../../kernel/protocol/wire";
import { type Kernel, ofType, resultText, startKernel } from "./client";

const dist = path.join(__dirname, "../../..");
/** Gives the kernel a model that understands one sentence. */
const prepare = [
  `const { useModel } = require(${JSON.stringify(path.join(dist, "archbert"))});`,
  `const { standIn } = require(${JSON.stringify(path.join(dist, "test/archbert/tasks/standIn"))});`,
  'useModel(standIn({ wishes: { "a tiny net": "parameters < 2k" } }));',
].join("\n");
const search = '%automl "a tiny net" --trials 2 --final-epochs 1 --parallel 1';

const idOf = ({ content }: Message) => (content.transient as { display_id?: string }).display_id;
const htmlOf = ({ content }: Message) =>
  String((content.data as Record<string, string> | undefined)?.["text/html"] ?? "");

describe("a search in a kernel", function () {
  this.timeout(120_000);
  let kernel: Kernel;
  let folder: string;
  const start = async () => {
    kernel = await startKernel();
    const { reply } = await kernel.execute(prepare);
    assert.equal(reply.content.status, "ok", JSON.stringify(reply.content));
  };
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-search-"));
    await start();
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true });
  });

  /** Resolves when the panel shows this. */
  const panelShows = (cell: { id: string }, text: RegExp) =>
    kernel.seen((message) => message.parent.msg_id === cell.id && text.test(htmlOf(message)));

  it("shows one panel and one curve, and gives the study as its result", async () => {
    const exchange = await kernel.execute(`${search} --epochs 1`);
    assert.equal(exchange.reply.content.status, "ok", JSON.stringify(exchange.reply.content));
    const shown = ofType(exchange, "display_data");
    assert.equal(new Set(shown.map(idOf)).size, 2);
    assert.equal(shown.length, 2);
    const updates = ofType(exchange, "update_display_data");
    assert.ok(
      updates.length >= 2 && updates.every((update) => shown.some((first) => idOf(first) === idOf(update))),
    );
    const panel = updates.findLast((update) => idOf(update) === idOf(shown[0] as Message)) as Message;
    assert.match(htmlOf(panel), /2 of 2 trials: 2 complete/);
    assert.match(resultText(exchange) ?? "", /^a tiny net\n\n {2}input 8x8x1\n[\s\S]*^test +\d+\.\d %/m);
  });

  it("stops within seconds, says how to go on, and goes on", async () => {
    const cell = kernel.start(`${search} --epochs 60`);
    await panelShows(cell, /1 running/);
    const began = performance.now();
    await kernel.interrupt();
    const { reply } = await cell.done;
    assert.ok(performance.now() - began < 3000);
    assert.deepEqual([reply.content.status, reply.content.ename], ["error", "Interrupted"]);
    assert.match(String(reply.content.evalue), /is kept\. The study goes on with: %automl resume \(while/);
    await panelShows(cell, /Stopped\. The study goes on with: %automl resume/);
    assert.equal(resultText(await kernel.execute("1 + 1")), "2");
    const again = kernel.start("%automl resume");
    await panelShows(again, /1 running/);
    await kernel.interrupt();
    assert.match(String((await again.done).reply.content.evalue), /goes on with: %automl resume/);
  });

  it("goes on in another kernel after this one was killed", async () => {
    const kept = `${search} --epochs 8 --storage sqlite:///${path.join(folder, "study.db")}`;
    const cell = kernel.start(kept);
    await panelShows(cell, /1 of 2 trials: 1 complete/);
    await kernel.stop();
    await start();
    const exchange = await kernel.execute(`const study = ${kept}`);
    assert.equal(exchange.reply.content.status, "ok", JSON.stringify(exchange.reply.content));
    const first = ofType(exchange, "update_display_data")
      .map(htmlOf)
      .find((html) => html.includes(" of 2 trials"));
    assert.match(first ?? "", /[12] of 2 trials: [12] complete/);
    const states = "study.trials.map(({ state, attempts }) => `${state} ${attempts}`).join()";
    assert.match(resultText(await kernel.execute(states)) ?? "", /^complete 1,complete [12]$/);
  });
});
