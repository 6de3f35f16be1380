// Results show themselves: as data they are plain, as HTML and text they are harmless.
import assert from "node:assert/strict";
import {
  caption,
  cost,
  draw,
  facts,
  load,
  showArchitecture,
  showCaption,
  showFacts,
  showOpenDrawing,
  showPairDrawing,
  showStageCosts,
  showSummary,
  summary,
} from "../../../archbert";
import { parseHtml, runHtml, tricks } from "../markup";
import { fixture, hostileNetwork, network, node, wild } from "../networks";

const display = Symbol.for("Jupyter.display");

async function bundleOf(value: object): Promise<Record<string, string>> {
  const show = (value as { [display]?: () => Record<string, string> })[display];
  assert.ok(show, "it shows itself");
  return show.call(value);
}

const body = (html: string | undefined) => parseHtml(html ?? "");

describe("views", () => {
  it("hang on results that stay plain data", async () => {
    const resnet = await fixture("resnet50");
    const results = [facts(resnet), caption(resnet), summary(resnet), cost(resnet), await draw(resnet)];
    for (const result of results) {
      assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
      assert.deepEqual(structuredClone(result), result);
      assert.deepEqual(
        Object.keys(result).filter((key) => key === "toString"),
        [],
      );
      const bundle = await bundleOf(result);
      assert.equal(String(result), bundle["text/plain"]);
      assert.ok(bundle["text/html"] || bundle["application/vnd.plotly.v1+json"]);
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
        unknownWeights: false,
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
      assert.match(String(summary(made)), /not known: some shapes or weights are missing/);
    });

    it("folds blocks in HTML, and shows them all where they are few", async () => {
      const page = body((await bundleOf(summary(await fixture("resnet50"))))["text/html"]);
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

    it("scrolls many rows, and leaves out what no one reads", async () => {
      const html = (await bundleOf(summary(wild(2000))))["text/html"] ?? "";
      const page = body(html);
      const rows = page.querySelectorAll("div > div > table > tbody > tr").length;
      assert.ok(rows > 60 && rows <= 400, `${rows} rows`);
      assert.match(page.textContent ?? "", /… 1,\d\d\d more rows in \.rows$/);
      assert.ok(html.length < 500_000, `${html.length} characters`);
    });

    it("sorts at a click on a heading, and back", async () => {
      const { "text/html": html = "" } = await bundleOf(summary(await fixture("vgg16")));
      const page = runHtml(html);
      const names = () =>
        [...page.querySelectorAll("tbody > tr > td:first-child")].map((cell) => cell.textContent);
      const before = names();
      const heads = [...page.querySelectorAll("th")];
      const click = (title: string) => heads.find((head) => head.textContent?.startsWith(title))?.click();
      click("Parameters");
      assert.equal(names()[0], "/classifier/classifier.0/Gemm", "102,764,544 parameters");
      click("Parameters");
      assert.equal(names().at(-1), "/classifier/classifier.0/Gemm");
      click("Name");
      assert.deepEqual(names(), before);
    });

    it("aligns its columns in text", async () => {
      const lines = String(summary(await fixture("vgg16"))).split("\n");
      const end = lines[0]?.indexOf("Multiply-adds") ?? -1;
      const costs = lines.slice(2).filter((line) => line.includes("conv 3x3"));
      assert.ok(costs.length >= 8);
      for (const line of costs) assert.match(line.slice(0, end + "Multiply-adds".length), /\d$/, line);
    });
  });

  describe("cost", () => {
    it("adds up to the facts, each node in one part", async () => {
      for (const name of ["resnet50", "densenet121", "efficientnet_b0", "gpt2", "unet", "bert"]) {
        const made = await fixture(name);
        const known = facts(made);
        const { stages, totals } = cost(made);
        const sum = (key: "parameters" | "multiplyAdds") =>
          stages.reduce((all, stage) => all + (stage[key] ?? 0), 0);
        assert.deepEqual(
          [sum("parameters"), sum("multiplyAdds")],
          [known.parameters, known.multiplyAdds],
          name,
        );
        assert.deepEqual([totals.parameters, totals.multiplyAdds], [known.parameters, known.multiplyAdds]);
      }
    });

    it("tells a ResNet-50's stages as its paper does, and charts their shares", async () => {
      const costs = cost(await fixture("resnet50"));
      assert.deepEqual(
        costs.stages.map(({ name, blocks, width, resolution }) => [name, blocks, width, resolution]),
        [
          ["stem", "", null, null],
          ["stage 1", "3 × bottleneck block", 256, [56, 56]],
          ["stage 2", "4 × bottleneck block", 512, [28, 28]],
          ["stage 3", "6 × bottleneck block", 1024, [14, 14]],
          ["stage 4", "3 × bottleneck block", 2048, [7, 7]],
          ["head", "", null, null],
        ],
      );
      const figure = (await bundleOf(costs))["application/vnd.plotly.v1+json"] as unknown as {
        data: { name: string; y: number[] }[];
      };
      assert.deepEqual(
        figure.data.map(({ name }) => name),
        ["parameters, 25.5 M", "multiply-adds, 4.09 G"],
      );
      for (const { y } of figure.data) assert.ok(Math.abs(y.reduce((a, b) => a + b, 0) - 100) < 0.1);
    });

    it("gives the gate of a stage's first block to its stage", async () => {
      const { stages } = cost(await fixture("efficientnet_b0"));
      assert.deepEqual(
        stages.map(({ name }) => name),
        ["stem", ...[1, 2, 3, 4, 5, 6, 7].map((n) => `stage ${n}`), "head"],
      );
    });
  });

  it("are shown by functions as they show themselves", async () => {
    const network = await fixture("resnet50");
    const [drawing, pair, costs] = [await draw(network), await draw(network, network), cost(network)];
    assert.deepEqual(await showOpenDrawing(drawing, network), await bundleOf(drawing));
    assert.deepEqual(showPairDrawing(pair), await bundleOf(pair));
    assert.deepEqual(showStageCosts(costs), await bundleOf(costs));
    assert.ok("application/vnd.plotly.v1+json" in showStageCosts(costs));
  });

  describe("draw", () => {
    it("opens each folded block at a click, without script or network", async () => {
      const drawing = await draw(await fixture("resnet50"));
      const page = body((await bundleOf(drawing))["text/html"]);
      assert.equal(page.querySelectorAll("script, [onclick], a, iframe, svg").length, 0);
      const opened = [...page.querySelectorAll("details")];
      assert.deepEqual(
        opened.map((item) => item.querySelector("summary")?.getAttribute("title")),
        ["3", "4", "6", "3"].map((count) => `${count} × bottleneck block: open or close`),
      );
      for (const image of page.querySelectorAll("img")) {
        const [kind, data = ""] = (image.getAttribute("src") ?? "").split(",");
        assert.equal(kind, "data:image/svg+xml;base64");
        assert.match(Buffer.from(data, "base64").toString(), /^<svg /);
      }
      assert.equal(page.querySelectorAll("img").length, 5);
    });

    it("shows hostile names of a block as text", async () => {
      const made = wild(40);
      const nodes = made.nodes.map((each) => ({ ...each, source: { ...each.source, name: "<script>" } }));
      const html = (await bundleOf(await draw({ ...made, name: "<script>", nodes })))["text/html"] ?? "";
      assert.doesNotMatch(html, /<script/);
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
    const sorters = new Set(
      [...body(String(showSummary(summary(wild(3)))["text/html"])).querySelectorAll("th")].map((head) =>
        head.getAttribute("onclick"),
      ),
    );
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
      const harmless = ["style", "colspan", "title", "data-k"];
      const handlers = [...page.querySelectorAll("th[onclick]")].map((head) => head.getAttribute("onclick"));
      for (const handler of handlers) assert.ok(sorters.has(handler ?? ""), "it sorts, and no name is in it");
      assert.deepEqual(
        [...new Set(attributes)].filter((name) => !harmless.includes(name) && name !== "onclick"),
        [],
      );
      assert.equal(page.querySelectorAll("[onclick]").length, handlers.length);
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
