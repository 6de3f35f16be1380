import assert from "node:assert/strict";
import { jupyterDisplay, plot, table, toMimeBundle } from "../../../kernel/display";

const data = async (value: unknown) => (await toMimeBundle(value)).data as Record<string, string>;
const square =
  '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>';

describe("toMimeBundle", () => {
  for (const [value, text] of [
    ["plain", "plain"],
    [42, "42"],
    [null, "null"],
    [10n, "10n"],
    [{ a: [1, { b: 2 }] }, "{ a: [ 1, { b: 2 } ] }"],
    [[1, 2], "[ 1, 2 ]"],
    [Symbol("s"), "Symbol(s)"],
    [new Promise(() => {}), "Promise { <pending> }"],
    [Promise.resolve(3), "Promise { 3 }"],
  ] as const) {
    it(`shows ${text} as text`, async () => assert.deepEqual(await data(value), { "text/plain": text }));
  }

  it("asks a value to show itself, at once or later", async () => {
    assert.deepEqual(
      await data({ [jupyterDisplay]: () => ({ "text/html": "<i>x</i>", "text/plain": "x" }) }),
      {
        "text/html": "<i>x</i>",
        "text/plain": "x",
      },
    );
    const later = await data({ name: "n", [jupyterDisplay]: async () => ({ "text/markdown": "*x*" }) });
    assert.equal(later["text/markdown"], "*x*");
    assert.match(later["text/plain"] ?? "", /name: 'n'/);
  });

  it("falls back to text, with a note, where a value's display throws", async () => {
    const broken = {
      name: "n",
      [jupyterDisplay]: () => {
        throw new Error("no paint");
      },
    };
    const { "text/plain": text } = await data(broken);
    assert.match(text ?? "", /name: 'n'/);
    assert.match(text ?? "", /its display failed: no paint/);
  });

  it("survives values that resist being looked at", async () => {
    const circular: Record<string, unknown> = { name: "loop" };
    circular.self = circular;
    assert.match((await data(circular))["text/plain"] ?? "", /Circular/);
    const throwing = {
      get bad() {
        throw new Error("getter");
      },
    };
    assert.equal(typeof (await data(throwing))["text/plain"], "string");
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error("trap");
        },
        ownKeys() {
          throw new Error("trap");
        },
        getPrototypeOf() {
          throw new Error("trap");
        },
      },
    );
    assert.equal(typeof (await data(hostile))["text/plain"], "string");
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.equal(typeof (await data(proxy))["text/plain"], "string");
  });

  it("bounds what it shows", async () => {
    const long = (await data("x".repeat(5_000_000)))["text/plain"] ?? "";
    assert.ok(long.length < 110_000);
    assert.match(long, /4,900,000 more characters/);
    assert.ok(((await data(Array.from({ length: 1e6 }, (_, i) => i)))["text/plain"] ?? "").length < 10_000);
    const rows = await data(Array.from({ length: 5000 }, (_, i) => ({ i, text: "y".repeat(1000) })));
    assert.ok((rows["text/html"] ?? "").length < 50_000);
    assert.match(rows["text/html"] ?? "", /4,940 more rows/);
  });

  it("shows rows as a table, all text escaped", async () => {
    const { "text/html": html, "text/plain": text } = await data([
      { "<b>": "<script>alert(1)</script>", n: 1 },
      { n: 22 },
    ]);
    assert.ok(!html?.includes("<script>") && !html?.includes("<b>"));
    assert.match(html ?? "", /&lt;script&gt;/);
    assert.match(text ?? "", /22/);
  });

  it("shows chosen columns", async () => {
    const { "text/plain": text } = await data(table([{ a: 1, b: 2, c: 3 }], { columns: ["c", "a"] }));
    assert.equal(text, "c  a\n3  1");
  });

  it("describes typed arrays by their range", async () => {
    assert.match((await data(Float32Array.of(1, 2, 6)))["text/plain"] ?? "", /min 1, max 6, mean 3/);
  });

  it("recognises images by their bytes", async () => {
    assert.ok("image/png" in (await data(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))));
    assert.ok("image/jpeg" in (await data(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))));
    assert.deepEqual(Object.keys(await data(Uint8Array.of(1, 2, 3))), ["text/plain"]);
  });

  it("gives each SVG a PNG of the same size", async () => {
    const bundle = await toMimeBundle({ [jupyterDisplay]: () => ({ "image/svg+xml": square }) });
    const bytes = Buffer.from(bundle.data["image/png"] as string, "base64");
    assert.deepEqual(bundle.metadata["image/png"], { width: 30, height: 20 });
    assert.equal(bytes.readUInt32BE(16), 60); // drawn at twice the size, for sharp screens
  });

  it("gives each figure of Plotly a PNG, and keeps the value's own text", async () => {
    const figure = { data: [{ type: "bar", y: [1, 2] }], layout: {} };
    const shown = await data({
      [jupyterDisplay]: () => ({ "application/vnd.plotly.v1+json": figure, "text/plain": "two bars" }),
    });
    assert.equal(
      Buffer.from(shown["image/png"] ?? "", "base64")
        .subarray(1, 4)
        .toString(),
      "PNG",
    );
    assert.deepEqual(shown["application/vnd.plotly.v1+json"], figure);
    assert.equal(shown["text/plain"], "two bars");
  });

  it("never reads the files that an SVG names", async () => {
    const file = `${__dirname}/secret.png`;
    const { writeFileSync, rmSync } = await import("node:fs");
    const red =
      '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="red"/></svg>';
    writeFileSync(
      file,
      Buffer.from(
        (await data({ [jupyterDisplay]: () => ({ "image/svg+xml": red }) }))["image/png"] ?? "",
        "base64",
      ),
    );
    const drawn = async (inner: string) =>
      (
        await data({
          [jupyterDisplay]: () => ({
            "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">${inner}</svg>`,
          }),
        })
      )["image/png"];
    try {
      assert.equal(await drawn(`<image href="${file}" width="8" height="8"/>`), await drawn(""));
    } finally {
      rmSync(file);
    }
  });

  it("shows a Plotly figure live and as a picture", async function () {
    this.timeout(30_000);
    const bundle = await data({
      data: [{ y: Float32Array.of(3, 1, 2), name: "<b>loss" }],
      layout: { title: { text: "Loss" } },
    });
    assert.deepEqual(
      (bundle["application/vnd.plotly.v1+json"] as unknown as { data: { y: number[] }[] }).data[0]?.y,
      [3, 1, 2],
    );
    assert.equal(Buffer.from(bundle["image/png"] ?? "", "base64").readUInt32BE(16), 1400);
    assert.match(bundle["text/plain"] ?? "", /Plotly figure/);
    const interactive = await data(
      plot([{ y: [1], name: "</script><script>alert(1)</script>" }]).interactive(),
    );
    assert.ok(!interactive["text/html"]?.includes("</script><script>alert(1)"));
  });

  it("keeps a broken figure as data", async () => {
    const bundle = await data({ data: [{ type: "nonsense", x: [1] }] });
    assert.ok("application/vnd.plotly.v1+json" in bundle);
  });
});
