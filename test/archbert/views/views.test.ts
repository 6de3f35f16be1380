// Results show themselves: as data they are plain, as HTML and text they are harmless.
import assert from "node:assert/strict";
import {
  caption,
  draw,
  facts,
  load,
  showArchitecture,
  showCaption,
  showFacts,
  showSummary,
  summary,
} from "../../../archbert";
import { parseHtml, tricks } from "../markup";
import { fixture, hostileNetwork, network, node, wild } from "../networks";

const display = Symbol.for("Jupyter.display");

function bundleOf(value: object): Record<string, string> {
  const show = (value as { [display]?: () => Record<string, string> })[display];
  assert.ok(show, "it shows itself");
  return show.call(value);
}

const body = (html: string | undefined) => parseHtml(html ?? "");

describe("views", () => {
  it("hang on results that stay plain data", async () => {
    const resnet = await fixture("resnet50");
    const results = [facts(resnet), caption(resnet), summary(resnet), await draw(resnet)];
    for (const result of results) {
      assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
      assert.deepEqual(structuredClone(result), result);
      assert.deepEqual(
        Object.keys(result).filter((key) => key === "toString"),
        [],
      );
      const bundle = bundleOf(result);
      assert.equal(String(result), bundle["text/plain"]);
      assert.ok(bundle["text/html"] || bundle["image/svg+xml"]);
    }
  });

  it("hang on a network that load reads, and are there for one that is only data", async () => {
    const read = await load("test/fixtures/onnx.json").catch(() => undefined);
    assert.equal(read, undefined, "no network");
    const made = await fixture("gpt2");
    const { "text/plain": text, "text/html": html } = showArchitecture(structuredClone(made));
    for (const shown of [text, body(String(html)).textContent ?? ""]) {
      assert.match(shown, /gpt2/);
      assert.match(shown, /124 M parameters, 16\.1 G multiply-adds/);
      assert.match(shown, /1×128×50257 float32/);
    }
  });

  describe("summary", () => {
    it("has a row an op, and rows add up to the facts", async () => {
      for (const name of ["resnet50", "bert", "densenet121", "gpt2", "unet", "mobilenet_v3_small"]) {
        const made = await fixture(name);
        const { rows, totals } = summary(made);
        const known = facts(made);
        assert.equal(rows.length, made.nodes.length);
        const sum = (key: "parameters" | "multiplyAdds" | "share") =>
          rows.reduce((all, row) => all + (row[key] ?? 0), 0);
        assert.equal(sum("parameters"), known.parameters, name);
        assert.equal(sum("multiplyAdds"), known.multiplyAdds, name);
        assert.ok(Math.abs(sum("share") - 1) < 1e-9, name);
        assert.deepEqual([totals.parameters, totals.multiplyAdds], [known.parameters, known.multiplyAdds]);
      }
    });

    it("tells a convolution as its paper does", async () => {
      const { rows } = summary(await fixture("resnet50"));
      assert.deepEqual(rows[0], {
        name: "/conv1/Conv",
        op: "conv",
        layer: "conv 7x7 /2, 64",
        outputShape: [1, 64, 112, 112],
        parameters: 7 * 7 * 3 * 64 + 64,
        multiplyAdds: 7 * 7 * 3 * 64 * 112 * 112,
        share: (7 * 7 * 3 * 64 * 112 * 112) / 4089184256,
      });
    });

    it("takes sizes for symbols", async () => {
      const made = await fixture("resnet18_batch");
      const [symbol] = Object.keys(summary(made).assumed);
      assert.ok(symbol);
      const [one, eight] = [summary(made), summary(made, { sizes: { [symbol]: 8 } })];
      assert.equal(eight.totals.multiplyAdds, 8 * (one.totals.multiplyAdds ?? 0));
      assert.match(String(eight), new RegExp(`at ${symbol} = 8`));
    });

    it("shares parameters where costs are not known", () => {
      const parameters = [{ name: "w", shape: [8, 8], dtype: "float32" as const, trainable: true }];
      const linear = node(0, "linear", ["y"], { attributes: { inFeatures: 8 }, parameters });
      const made = network([linear], { inputs: [{ id: "y", shape: null, dtype: "float32" }] });
      const { totals, costIs, rows } = summary(made);
      assert.deepEqual([totals.multiplyAdds, costIs, rows[0]?.share], [null, "parameters", 1]);
      assert.match(String(summary(made)), /not known: some shapes are missing/);
    });

    it("folds blocks in HTML, and shows them all where they are few", async () => {
      const page = body(bundleOf(summary(await fixture("resnet50")))["text/html"]);
      const opened = [...page.querySelectorAll("details")];
      assert.deepEqual(
        opened.map((item) => item.querySelector("summary")?.textContent),
        [
          "3 × bottleneck block: all 22 ops",
          "4 × bottleneck block: all 29 ops",
          "6 × bottleneck block: all 43 ops",
          "3 × bottleneck block: all 22 ops",
        ],
      );
      assert.deepEqual(
        opened.map((item) => item.querySelectorAll("tbody > tr").length),
        [22, 29, 43, 22],
      );
    });

    it("puts what is beyond 60 rows behind <details>, and leaves out what no one reads", () => {
      const html = bundleOf(summary(wild(2000)))["text/html"] ?? "";
      const page = body(html);
      assert.equal(page.querySelectorAll("div > table > tbody > tr").length >= 60, true);
      assert.match(page.querySelector("div > details > summary")?.textContent ?? "", /^1,\d\d\d more rows$/);
      assert.ok(html.length < 500_000, `${html.length} characters`);
    });

    it("aligns its columns in text", async () => {
      const lines = String(summary(await fixture("vgg16"))).split("\n");
      const end = lines[0]?.indexOf("Multiply-adds") ?? -1;
      const costs = lines.slice(2).filter((line) => line.includes("conv 3x3"));
      assert.ok(costs.length >= 8);
      for (const line of costs) assert.match(line.slice(0, end + "Multiply-adds".length), /\d$/, line);
    });
  });

  describe("caption", () => {
    it("marks each claim with its verdict and its evidence", () => {
      const claims = [
        { text: "has *two* convolutions", verdict: "proved" as const, nodes: ["a<b>", "c"] },
        { text: "has <i>dropout</i>", verdict: "refuted" as const, nodes: ["d"] },
        { text: "is good", verdict: "unchecked" as const, nodes: [] },
      ];
      const bundle = showCaption({ text: "A *network*.", claims });
      const page = body(String(bundle["text/html"]));
      assert.deepEqual(
        [...page.querySelectorAll("span[title]")].map((mark) => [
          mark.textContent,
          mark.getAttribute("title"),
        ]),
        [
          ["✓", "proved"],
          ["✗", "refuted"],
          ["?", "unchecked"],
        ],
      );
      assert.equal(page.querySelectorAll("details").length, 2);
      assert.match(page.querySelector("details")?.textContent ?? "", /2 nodes.*a<b>, c/s);
      assert.match(bundle["text/plain"], /✓ has \*two\* convolutions \(2 nodes: a<b>, …\)/);
      const markdown = String(bundle["text/markdown"]);
      assert.equal(markdown.split("\n").filter((line) => line.startsWith("- ")).length, 3);
      assert.doesNotMatch(markdown, /[*<]/);
    });
  });

  it("show hostile names as text, in HTML, Markdown and on a terminal", () => {
    const made = hostileNetwork();
    const bundles = [
      showArchitecture(made),
      showFacts(facts(made)),
      showCaption(caption(made, { style: "technical" })),
      showSummary(summary(made)),
    ];
    for (const bundle of bundles) {
      const page = body(String(bundle["text/html"]));
      assert.equal(page.querySelectorAll("script, img, svg, style, a, iframe").length, 0);
      const attributes = [...page.querySelectorAll("*")].flatMap((item) => item.getAttributeNames());
      assert.deepEqual(
        [...new Set(attributes)].filter((name) => !["style", "colspan", "title"].includes(name)),
        [],
      );
      for (const text of [
        String(bundle["text/html"]),
        bundle["text/plain"],
        String(bundle["text/markdown"] ?? ""),
      ]) {
        assert.doesNotMatch(text, tricks);
      }
      assert.doesNotMatch(String(bundle["text/markdown"] ?? ""), /</);
    }
    assert.ok(bundles[3]?.["text/plain"].includes("\\u001b[31mred"), "an escape is written out");
  });
});
