// What is built, against numbers counted by hand and against networks everyone knows.
import assert from "node:assert/strict";
import { ArchError, bytesSource, draw, facts, importArchitecture } from "../../../../archbert/graph";
import { build, format, type Program, parse } from "../../../../archbert/graph/language";

const built = (text: string) => build(parse(text));
const parametersOf = (text: string) => facts(built(text)).parameters;

describe("build", () => {
  it("counts as by hand", () => {
    // 3x3 convolution without bias, its norm's scale and shift, the last layer.
    assert.equal(parametersOf("input 8x8x1\nstem conv 16\nhead 10"), 9 * 16 + 2 * 16 + 16 * 10 + 10);
    assert.equal(parametersOf("input 8x8x1\nnorm none\nstem conv 16\nhead 10"), 9 * 16 + 16 + 170);
    assert.equal(parametersOf("input 30\nstage 2 mlp 64\nhead 2"), 30 * 64 + 64 + 64 * 64 + 64 + 64 * 2 + 2);
    // The gate of a squeeze-and-excitation: 16 to 4 and back.
    const gate = 16 * 4 + 4 + 4 * 16 + 16;
    assert.equal(
      parametersOf("input 8x8x1\nstage 1 conv 16 se 4\nhead 10") -
        parametersOf("input 8x8x1\nstage 1 conv 16\nhead 10"),
      gate,
    );
    // 12 w² + 13 w a block, positions, embedding, last norm and layer.
    assert.equal(
      parametersOf("input 8x8x1\nstem patch 16 kernel 2\nstage 1 transformer 16\nhead 10"),
      4 * 16 + 16 + 16 * 16 + 12 * 256 + 13 * 16 + 2 * 16 + 170,
    );
  });

  it("has PyTorch's own counts for networks of torchvision", () => {
    const head = "input 224x224x3\nstem conv 64 kernel 7 stride 2\npool max kernel 3\n";
    const resnet18 =
      "stage 2 residual 64\nstage 2 residual 128 stride 2\nstage 2 residual 256 stride 2\nstage 2 residual 512 stride 2\nhead 1000";
    const resnet50 =
      "stage 3 bottleneck 256\nstage 4 bottleneck 512 stride 2\nstage 6 bottleneck 1024 stride 2\nstage 3 bottleneck 2048 stride 2\nhead 1000";
    assert.equal(parametersOf(head + resnet18), 11_689_512);
    assert.equal(parametersOf(head + resnet50), 25_557_032);
    assert.equal(facts(built(head + resnet18)).family?.name, "ResNet");
    const resnext50 = resnet50.replace(/bottleneck (\d+)/g, "bottleneck $1 expansion 2 groups 32");
    assert.equal(parametersOf(head + resnext50), 25_028_904);
    assert.equal(facts(built(head + resnext50)).family?.name, "ResNeXt");
    const mobilenet = [
      "input 224x224x3",
      "activation relu6",
      "stem conv 32 stride 2",
      "stage 1 inverted 16 expansion 1",
      "stage 2 inverted 24 stride 2",
      "stage 3 inverted 32 stride 2",
      "stage 4 inverted 64 stride 2",
      "stage 3 inverted 96",
      "stage 3 inverted 160 stride 2",
      "stage 1 inverted 320",
      "stage 1 conv 1280 kernel 1",
      "head 1000 dropout 0.2",
    ].join("\n");
    assert.equal(parametersOf(mobilenet), 3_504_872);
    assert.equal(facts(built(mobilenet)).family?.name, "MobileNetV2");
  });

  it("goes from pictures to tokens and back, and to vectors", () => {
    const network = built(
      "input 9x7x3\nstem conv 8 stride 2\nstage 1 transformer 12\nstage 1 conv 4\nstage 1 mlp 5\nstage 1 transformer 6\nhead none",
    );
    const shapeOf = (id: string) => network.nodes.find((node) => node.id === id)?.outputs[0]?.shape?.slice(1);
    assert.deepEqual(shapeOf("stem.conv"), [8, 5, 4]);
    assert.deepEqual(shapeOf("stage1.block1.add2"), [20, 12]);
    assert.deepEqual(shapeOf("stage2.picture"), [12, 5, 4]);
    assert.deepEqual(shapeOf("stage3.flatten"), [80]);
    assert.deepEqual(shapeOf("stage4.positions"), [5, 6]);
    assert.deepEqual(shapeOf("head.norm"), [5, 6]);
  });

  it("projects a shortcut where stride or width change, and only there", () => {
    const ids = built(
      "input 8x8x16\nstage 2 residual 16\nstage 2 residual 16 stride 2\nstage 1 residual 8\nhead 2",
    )
      .nodes.map(({ id }) => id)
      .filter((id) => id.endsWith(".shortcut"));
    assert.deepEqual(ids, ["stage2.block1.shortcut", "stage3.block1.shortcut"]);
  });

  it("refuses a tree that no text could mean, and changes none", () => {
    const program = parse("input 8x8x1\nstage 1 transformer 16\nhead 10");
    const before = structuredClone(program);
    build(program);
    assert.deepEqual(program, before);
    const wide: Program = { ...program, body: program.body.map((line) => ({ ...line, width: 30 })) };
    assert.throws(() => build(wide), ArchError);
    assert.throws(() => build({ ...program, name: "a\nhead 3" }), ArchError);
  });

  it("draws", async () => {
    const { svg } = await draw(built("input 8x8x1\nstem conv 16\nstage 2 residual 32 stride 2\nhead 10"));
    assert.match(svg, /^<svg|<\?xml/);
  });
});

describe("format", () => {
  it("says for all lines what is shorter so, and leaves out what needs no word", () => {
    const given =
      "input 8x8x1\nstem conv 16 activation silu kernel 3\nstage 1 residual 16 activation silu norm batch\nhead 10 dropout 0";
    assert.equal(
      format(parse(given)),
      "input 8x8x1\nactivation silu\nstem conv 16\nstage 1 residual 16\nhead 10\n",
    );
    assert.equal(
      format(parse("input 8x8x1\nstem conv 16 activation silu\nstage 1 residual 16\nhead 10")),
      "input 8x8x1\nstem conv 16 activation silu\nstage 1 residual 16\nhead 10\n",
    );
  });
});

describe("a program as a file", () => {
  const read = (text: string, name = "models/tiny.arch") =>
    importArchitecture(bytesSource(name, new TextEncoder().encode(text)));

  it("is told by its content, and called by its name or the file's", async () => {
    const network = await read("# mine\ninput 8x8x1\nstem conv 4\nhead 2");
    assert.deepEqual([network.name, network.format], ["tiny", "architecture"]);
    assert.equal((await read("network own\ninput 8\nhead 2", "x")).name, "own");
  });

  it("has its mistakes with file, line and column", async () => {
    await assert.rejects(
      read("inptu 8x8x1\nhead 10"),
      /^ImportError: models\/tiny\.arch, line 1, column 1: .*mean input/,
    );
    await assert.rejects(read(`input 8\nhead 2\n${"#".repeat(70_000)}`), /longer than/);
  });
});
