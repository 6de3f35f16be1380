// A training in a real kernel: what a front end gets, and an interrupt in its midst.
import assert from "node:assert/strict";
import type { Message } from "../../../kernel/protocol/wire";
import { type Kernel, ofType, resultText, startKernel } from "./client";

const idOf = ({ content }: Message) => (content.transient as { display_id?: string }).display_id;
const textOf = ({ content }: Message) =>
  String((content.data as Record<string, string> | undefined)?.["text/plain"] ?? "");

describe("a training in a kernel", function () {
  this.timeout(60_000);
  let kernel: Kernel;
  before(async () => {
    kernel = await startKernel();
    const { reply } = await kernel.execute("%%architecture tiny\ninput 8x8x1\nstem conv 4\nhead 10");
    assert.equal(reply.content.status, "ok", JSON.stringify(reply.content));
  });
  after(() => kernel.stop());

  it("shows one panel and one figure, whose last states stay, and gives the trained network", async () => {
    const exchange = await kernel.execute("%archbert train tiny --epochs 2");
    assert.equal(exchange.reply.content.status, "ok", JSON.stringify(exchange.reply.content));
    const shown = ofType(exchange, "display_data");
    assert.equal(shown.length, 2);
    const all = [...shown, ...ofType(exchange, "update_display_data")];
    const [panel, figure] = shown.map(
      (first) => all.findLast((each) => idOf(each) === idOf(first)) as Message,
    );
    assert.ok(panel && figure);
    assert.match(textOf(panel), /2 epochs in .* · test \d/);
    const plot = (figure.content.data as Record<string, { data: { x: number[] }[] }>)[
      "application/vnd.plotly.v1+json"
    ];
    assert.deepEqual(plot?.data[0]?.x, [1, 2]);
    assert.match(resultText(exchange) ?? "", /^tiny, trained\n[\s\S]*^test +\d+\.\d %/m);
  });

  it("stops within two seconds of an interrupt, says where, and the kernel lives", async () => {
    const cell = kernel.start("const long = %archbert train tiny --epochs 1000");
    const shows = (text: RegExp) =>
      kernel.seen((message) => message.parent.msg_id === cell.id && text.test(textOf(message)));
    await shows(/epoch ([2-9]|\d\d+) of 1000/); // Some are passed over where epochs are short.
    const began = performance.now();
    await kernel.interrupt();
    const { reply } = await cell.done;
    assert.ok(performance.now() - began < 2000);
    assert.deepEqual([reply.content.status, reply.content.ename], ["error", "Interrupted"]);
    await shows(/stopped in epoch \d+ of 1000/);
    assert.equal(resultText(await kernel.execute("tiny.name")), "tiny");
  });
});
