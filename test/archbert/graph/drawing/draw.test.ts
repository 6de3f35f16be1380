// Drawings: what is folded, what is shown, that the SVG is one, and that no network takes long.
import assert from "node:assert/strict";
import {
  ArchError,
  type Architecture,
  build,
  type Drawing,
  draw,
  drawFold,
  drawPair,
  facts,
  parse as parseProgram,
  repeatsOf,
} from "../../../../archbert/graph";
import { parseSvg, tricks } from "../../markup";
import { fixture, hostileNetwork, network, node, wild } from "../../networks";

const parse = ({ svg }: Pick<Drawing, "svg">) => parseSvg(svg);

const texts = (drawing: Drawing) =>
  [...parse(drawing).querySelectorAll("text")].map((item) => item.textContent ?? "");
const foldsOf = (architecture: Architecture) =>
  repeatsOf(architecture, facts(architecture)).map(({ kind, count }) => `${count} ${kind}`);

describe("draw", () => {
  it("draws a ResNet-50 as its paper's table: four stages of bottleneck blocks", async () => {
    const drawing = await draw(await fixture("resnet50"));
    const said = texts(drawing);
    const frames = said.filter((text) => text.endsWith("bottleneck block"));
    assert.deepEqual(
      frames.map((text) => text[0]),
      ["3", "4", "6", "3"],
    );
    for (const label of [
      "resnet50",
      "conv 7x7 /2, 64",
      "max pool 3x3 /2",
      "linear 2048 → 1000",
      "1×2048×7×7",
    ]) {
      assert.ok(said.includes(label), label);
    }
    assert.ok(
      said.includes("first: conv 3x3 /2, 128; conv 1x1 /2, 512"),
      "what the first block has otherwise",
    );
    assert.deepEqual([drawing.nodes, drawing.ops, drawing.folded], [22, 122, true]);
  });

  it("folds the transformer blocks of a BERT whole, with the mask that all of them read outside", async () => {
    const bert = await fixture("bert");
    const [repeat, ...others] = repeatsOf(bert, facts(bert));
    assert.deepEqual(others, []);
    assert.deepEqual([repeat?.kind, repeat?.blocks.length, repeat?.count], ["transformer", 12, 12]);
    const lengths = new Set(repeat?.blocks.map(({ start, end }) => end - start));
    assert.equal(lengths.size, 1, "all copies hold the same ops");
    const said = texts(await draw(bert));
    assert.equal(said.filter((text) => text === "attention, 12 heads").length, 1);
    assert.equal(said.filter((text) => text === "linear 768 → 3072").length, 1);
  });

  it("finds the blocks of other networks", async () => {
    assert.deepEqual(foldsOf(await fixture("densenet121")), ["6 dense", "12 dense", "24 dense", "16 dense"]);
    assert.deepEqual(foldsOf(await fixture("gpt2")), ["12 transformer"]);
    assert.deepEqual(foldsOf(await fixture("vit_b_16")), ["12 transformer"]);
    assert.deepEqual(
      foldsOf(await fixture("mobilenet_v2")),
      [1, 2, 3, 4, 3, 3, 1].map((count) => `${count} invertedResidual`),
    );
  });

  it("finds what repeats without having a name, and not what only looks alike", () => {
    const block = (at: number, width: number) => [
      node(at, "linear", [at > 0 ? `v${at - 1}` : "x"], {
        attributes: { inFeatures: 8, outFeatures: width },
      }),
      node(at + 1, "tanh", [`v${at}`]),
      node(at + 2, "mul", [`v${at + 1}`, "x"]),
    ];
    const made = (widths: number[]) => network(widths.flatMap((width, k) => block(3 * k, width)));
    assert.deepEqual(foldsOf(made([8, 8, 8, 8, 8])), ["5 block"]);
    assert.deepEqual(foldsOf(made([8, 9, 10, 11])), [], "widths differ");
    const crossed = made([8, 8, 8]);
    const [last] = crossed.nodes.slice(-1);
    const other = { ...last, inputs: ["v7", "v3"] } as (typeof crossed.nodes)[number];
    assert.deepEqual(foldsOf({ ...crossed, nodes: [...crossed.nodes.slice(0, -1), other] }), ["2 block"]);
  });

  it("shows a small network op by op, and any when it is open", async () => {
    const small = await draw(wild(20));
    assert.deepEqual([small.nodes, small.folded], [22, false]);
    const resnet = await fixture("resnet18_batch");
    const open = await draw(resnet, { open: true });
    assert.deepEqual([open.nodes, open.folded], [resnet.nodes.length + 2, false]);
    assert.equal(parse(open).querySelectorAll("rect").length, open.nodes + 1);
  });

  it("runs to the right when asked", async () => {
    const vgg = await fixture("vgg16");
    const [down, right] = [await draw(vgg), await draw(vgg, { direction: "right" })];
    assert.ok(down.height > 2 * down.width);
    assert.ok(right.width > 2 * right.height);
  });

  it("keeps within maxNodes, whatever it has to cut", async () => {
    for (const made of [wild(300), await fixture("efficientnet_b0"), await fixture("unet")]) {
      for (const maxNodes of [8, 15, 50]) {
        const drawing = await draw(made, { maxNodes });
        assert.ok(drawing.nodes <= maxNodes, `${made.name}: ${drawing.nodes} boxes, ${maxNodes} allowed`);
      }
    }
  });

  it("draws 2,000 ops within two seconds, readable; open as well", async () => {
    await draw(wild(5)); // loads Graphviz
    const large = wild(2000);
    for (const open of [false, true]) {
      const before = performance.now();
      const drawing = await draw(large, { open });
      const tookMs = performance.now() - before;
      assert.ok(tookMs < 2000, `${Math.round(tookMs)} ms`);
      assert.equal(drawing.nodes <= 50, !open);
      parse(drawing);
    }
  }).timeout(10_000);

  it("is deterministic, plain data, and keeps its hands off the network", async () => {
    const unet = await fixture("unet");
    const before = JSON.stringify(unet);
    const drawing = await draw(unet);
    assert.deepEqual(await draw(unet), drawing);
    assert.deepEqual(JSON.parse(JSON.stringify(drawing)), drawing);
    assert.equal(JSON.stringify(unet), before);
  });

  it("shows hostile names as text", async () => {
    for (const open of [false, true]) {
      const drawing = await draw(hostileNetwork(), { open });
      const page = parse(drawing);
      const elements = new Set([...page.querySelectorAll("*")].map(({ tagName }) => tagName));
      assert.deepEqual([...elements].sort(), ["g", "path", "rect", "text", "title"]);
      const attributes = new Set([...page.querySelectorAll("*")].flatMap((item) => item.getAttributeNames()));
      assert.deepEqual(
        [...attributes].filter((name) => /^on|href|style/.test(name)),
        [],
      );
      assert.ok(page.textContent?.includes("<img src=x onerror=alert(1)>"), "shown as it is");
      assert.doesNotMatch(drawing.svg, tricks);
    }
  });

  it("draws networks with no ops, no inputs, or hundreds of ends", async () => {
    parse(await draw(network([])));
    parse(await draw(network([node(0, "constant", [])], { inputs: [] })));
    const inputs = Array.from({ length: 300 }, (_, i) => ({
      id: `i${i}`,
      shape: null,
      dtype: "unknown" as const,
    }));
    const ends = network(
      [
        node(
          0,
          "concat",
          inputs.map(({ id }) => id),
        ),
      ],
      { inputs },
    );
    const drawing = await draw(ends);
    assert.equal(drawing.nodes, 3);
    assert.ok(texts(drawing).includes("300 inputs"));
  });

  it("says what is wrong with an option", async () => {
    const made = wild(5);
    await assert.rejects(draw(made, { maxNodes: 3 }), /maxNodes is 3\. Give a whole number from 8 up/);
    const sideways = { direction: "up" as "down" };
    await assert.rejects(
      draw(made, sideways),
      (error) => error instanceof ArchError && /"up"/.test(error.message),
    );
    await assert.rejects(draw(wild(5001), { open: true }), /5001 ops are too many to draw open/);
  });

  it("draws a folded block open: each of its copies, and nothing of what stands around them", async () => {
    const resnet = await fixture("resnet50");
    const { folds, width, height } = await draw(resnet);
    assert.deepEqual(
      folds.map(({ label }) => label),
      ["3", "4", "6", "3"].map((count) => `${count} × bottleneck block`),
    );
    for (const { area } of folds) {
      assert.ok(area.x >= 0 && area.y >= 0 && area.x + area.width <= width && area.y + area.height <= height);
    }
    const second = folds[1];
    assert.ok(second);
    const said = texts(await drawFold(resnet, second));
    const count = (label: string) => said.filter((text) => text === label).length;
    assert.deepEqual(
      ["conv 3x3, 128", "conv 3x3 /2, 128", "add", "conv 7x7 /2, 64", "max pool 3x3 /2"].map(count),
      [3, 1, 4, 0, 0],
    );
  });

  it("opens a block that is drawn closed", async () => {
    const dense = await fixture("densenet121");
    const { folds } = await draw(dense);
    assert.equal(folds.length, 4);
    const [first] = folds;
    assert.ok(first);
    const said = texts(await drawFold(dense, first));
    assert.equal(said.filter((text) => text === "conv 3x3, 32").length, 6);
  });

  it("draws two networks side by side and marks what the other lacks", async () => {
    const [resnet, resnext] = [await fixture("resnet50"), await fixture("resnext50")];
    const same = await drawPair(resnet, { ...structuredClone(resnet), name: "twin" });
    assert.equal(same.differing, 0);
    assert.doesNotMatch(same.svg, /stroke-width="2\.6"/);
    const pair = await drawPair(resnet, resnext);
    const page = parse(pair);
    const red = [...page.querySelectorAll('rect[stroke-width="2.6"]')];
    assert.equal(red.length, pair.differing);
    const marked = [...page.querySelectorAll("g")]
      .filter((group) => group.querySelector(':scope > rect[stroke-width="2.6"]'))
      .map((group) => group.querySelector(":scope > text")?.textContent);
    assert.ok(marked.includes("conv 3x3, 128, 32 groups"));
    assert.ok(!marked.includes("conv 7x7 /2, 64") && !marked.includes("add"));
    assert.ok(texts({ ...pair, folds: [] }).some((text) => text.endsWith("red: not in the other")));
    assert.ok(pair.width > (await draw(resnet)).width);
  });

  it("marks a stage that has more blocks, and not the blocks that both have", async () => {
    const program = (blocks: number) =>
      build(parseProgram(`input 32x32x3\nstem conv 16\nstage ${blocks} residual 16\nhead 10\n`));
    const pair = await drawPair(program(3), program(5));
    assert.equal(pair.differing, 2, "the frames of 3 and of 5 blocks");
  });
});
