// Notebooks as people run them: nbclient, nbconvert to HTML, an error in the middle, jupyter console.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Jupyter, openJupyter, projectFolder, withoutJupyter } from "../python/jupyter";
import {
  type Cell,
  codeCells,
  type Notebook,
  newNotebook,
  outputsOf,
  readNotebook,
  textOf,
} from "./notebook";

const notebooksFolder = join(projectFolder, "notebooks");
const ours = readdirSync(notebooksFolder).filter((name) => name.endsWith(".ipynb"));

/** For a whole notebook: the tour trains some twenty networks. */
const notebookMs = 480_000;

describe("notebooks", function () {
  this.timeout(notebookMs + 60_000);
  let jupyter: Jupyter;
  const executed = new Map<string, Notebook>();

  before(function () {
    if (withoutJupyter) {
      console.log(`    skipped: ${withoutJupyter}`);
      this.skip();
    }
    jupyter = openJupyter();
  });
  after(() => jupyter?.dispose());

  for (const name of ours) {
    describe(name, () => {
      it("is stored without outputs", () => {
        for (const cell of codeCells(readNotebook(join(notebooksFolder, name)))) {
          assert.deepEqual(cell.outputs, []);
          assert.equal(cell.execution_count, null);
        }
      });

      it("runs through nbclient, failing only where it says so", async () => {
        const file = join(jupyter.folder, name);
        const script = join(projectFolder, "scripts", "run_notebook.py");
        const { status, stdout, stderr } = await jupyter.python([script, join(notebooksFolder, name), file], {
          timeoutMs: notebookMs,
        });
        assert.equal(status, 0, `${stdout}\n${stderr}`);
        const notebook = readNotebook(file);
        executed.set(name, notebook);
        for (const cell of codeCells(notebook)) {
          assert.ok(cell.execution_count, "it was run");
          const failed = outputsOf(cell, "error").length > 0;
          assert.equal(failed, cell.metadata.tags?.includes("raises-exception") ?? false, cell.id);
        }
      });

      it("becomes HTML that holds its drawings", async function () {
        if (!executed.has(name)) this.skip();
        const args = ["-m", "nbconvert", "--log-level=ERROR", "--to", "html", name];
        const { status, stderr } = await jupyter.python(args);
        assert.equal(status, 0, stderr);
        const page = readFileSync(join(jupyter.folder, name.replace(/ipynb$/, "html")), "utf8");
        assert.match(page, /<svg|image\/png|image\/svg/);
        assert.ok(page.includes("Traceback") === false, "no Python traceback");
      });
    });
  }

  describe("what-is-this-model.ipynb says what is true", () => {
    let cells: Map<string, Cell>;

    before(function () {
      const notebook = executed.get("what-is-this-model.ipynb");
      if (!notebook) this.skip(); // It has failed above.
      cells = new Map(codeCells(notebook).map((cell) => [cell.id, cell]));
    });
    const said = (id: string) => textOf(cells.get(id) ?? assert.fail(`no cell ${id}`));

    it("names the families of files whose names say nothing", () => {
      for (const [id, family, parameters] of [
        ["first", "ConvNeXt", "28.6 M"],
        ["second", "MobileNetV2", "3.5 M"],
        ["third", "Llama-like", "6.73 M"],
      ] as const) {
        assert.match(
          said(id),
          new RegExp(`A ${family} network: .* ${parameters.replace(".", "\\.")} parameters`),
        );
        assert.doesNotMatch(said(id), /✗/);
      }
    });

    it("charts, lists and draws", () => {
      const shown = (id: string) =>
        outputsOf(cells.get(id) ?? assert.fail(id), "execute_result")[0]?.data ?? {};
      for (const type of ["application/vnd.plotly.v1+json", "image/png"])
        assert.ok(type in shown("cost"), type);
      assert.match(String(shown("summary")["text/html"]), /onclick/);
      assert.match(String(shown("draw")["text/html"]), /<details>/);
      for (const id of ["draw", "differ"]) assert.ok("image/png" in shown(id), id);
    });

    it("refutes what is false, finds clones across formats, and refuses half a file", () => {
      assert.match(said("reason"), /False[\s\S]*✓ inverted[\s\S]*✗ squeeze/);
      assert.match(said("same"), /clones[\s\S]*No difference/);
      const [error] = outputsOf(cells.get("bad") ?? assert.fail("no cell bad"), "error");
      assert.match(error?.evalue ?? "", /half\.onnx: truncated or damaged/);
    });
  });

  describe("tour.ipynb says what is true", () => {
    let cells: Map<string, Cell>;

    before(function () {
      const tour = executed.get("tour.ipynb");
      if (!tour) this.skip(); // It has failed above.
      cells = new Map(codeCells(tour).map((cell) => [cell.id, cell]));
    });
    const cell = (id: string) => cells.get(id) ?? assert.fail(`no cell ${id}`);

    /** The last states of a cell's displays. */
    const shownBy = (id: string) => outputsOf(cell(id), "display_data").map(({ data = {} }) => data);
    const plotly = "application/vnd.plotly.v1+json";

    it("has results, prose and proved claims", () => {
      assert.match(textOf(cell("load-network")), /\d+ nodes, read from onnx/);
      const caption = textOf(cell("caption-network"));
      assert.match(caption, /convolution[\s\S]*✓/);
      assert.doesNotMatch(caption, /✗/);
      assert.match(textOf(cell("facts-network")), /129,356 parameters[\s\S]*squeezeExcitation/);
    });

    it("answers, refutes, and says what it cannot tell", () => {
      assert.match(textOf(cell("ask-network")), /How many convolutions does it have\? 53\./);
      assert.match(textOf(cell("reason-network")), /False[\s\S]*✓[\s\S]*✓[\s\S]*✗ a transformer/);
      assert.match(textOf(cell("ask-unknown")), /I cannot tell/);
      assert.match(textOf(cell("search-folder")), /^ 1 .*rec_infer\.onnx/m);
    });

    it("shows drawings as pictures, too", () => {
      for (const id of ["draw-network", "draw-program"]) {
        const shown = cell(id).outputs.map(({ data = {} }) => data);
        assert.ok(shown.some((data) => "image/svg+xml" in data || /<svg/.test(String(data["text/html"]))));
        assert.ok(shown.some((data) => "image/png" in data));
      }
    });

    it("writes three programs that hold what was asked for", () => {
      const text = textOf(cell("generate-programs"));
      assert.equal(text.match(/✓ fewer than 30,000 parameters/g)?.length, 3);
      assert.doesNotMatch(text, /✗/);
    });

    for (const [id, panelSays, traces] of [
      ["train-program", /8 epochs in .* · kept: epoch \d · validation .* · test \d/, 5],
      ["search-network", /12 of 12 trials: [\s\S]*on the test examples/, 2],
    ] as const) {
      it(`${id}: keeps the last state of its panel and its curves, with a picture`, () => {
        const [panel, curves, ...others] = shownBy(id).filter((data) => String(data["text/plain"]) !== "");
        assert.deepEqual(others, []);
        assert.match([panel?.["text/plain"]].flat().join(""), panelSays);
        const figure = curves?.[plotly] as { data: unknown[] } | undefined;
        assert.ok(figure && figure.data.length >= traces, "the Plotly type");
        assert.ok(curves && "image/png" in curves, "a PNG");
      });
    }

    it("ends on a network within its constraints, and says why it was tried", () => {
      const text = textOf(cell("best"));
      assert.match(text, /^test +(?:9[789]\.\d|100\.0) %/m);
      assert.match(textOf(cell("why-best")), /^Trial \d+\n[\s\S]*^came from/m);
      assert.match(textOf(cell("compare-again")), /No difference/);
    });

    it("shows errors without the kernel's inside, and goes on", () => {
      const [wrong] = outputsOf(cell("wrong-name"), "error");
      assert.match(`${wrong?.evalue}`, /nodez/);
      const [thrown] = outputsOf(cell("throws"), "error");
      assert.equal(thrown?.ename, "RangeError");
      assert.doesNotMatch(thrown?.traceback?.join("\n") ?? "", /node_modules|dist\/kernel/);
      assert.match(textOf(cell("recovered")), /still here/);
    });
  });

  it("nbconvert --allow-errors runs what stands after an error", async () => {
    const cells = ["const a = 1", "throw new Error('in the middle')", "a + 1", "a +* 1", "a + 2"];
    const folder = join(jupyter.folder, "allow");
    mkdirSync(folder);
    writeFileSync(join(folder, "middle.ipynb"), JSON.stringify(newNotebook(cells)));
    const args = ["-m", "nbconvert", "--log-level=ERROR", "--to", "notebook", "--execute", "--allow-errors"];
    const { status, stderr } = await jupyter.python([...args, "--inplace", "middle.ipynb"], { cwd: folder });
    assert.equal(status, 0, stderr);
    const [, thrown, two, invalid, three] = codeCells(readNotebook(join(folder, "middle.ipynb")));
    assert.equal(outputsOf(thrown as Cell, "error")[0]?.evalue, "in the middle");
    assert.equal(textOf(two as Cell), "2");
    assert.equal(outputsOf(invalid as Cell, "error").length, 1);
    assert.equal(textOf(three as Cell), "3");
  });

  it("jupyter console runs cells, asks for more lines, completes and ends", async function () {
    if (process.platform === "win32") this.skip();
    const script = join(projectFolder, "test", "notebooks", "console.py");
    const { status, stdout, stderr } = await jupyter.python([script]);
    assert.equal(status, 0, `${stdout}\n${stderr}`);
  });
});
