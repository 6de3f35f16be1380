// The tour and a notebook of one's own in JupyterLab 4, in a headless Chromium.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { newNotebook } from "../notebooks/notebook";
import { type Jupyter, openJupyter, projectFolder, withoutJupyter } from "../python/jupyter";
import { browserPath, type Lab, openLab, picturesFolder, seen } from "./lab";

const withoutBrowser = browserPath
  ? undefined
  : "no Chromium (Debian: apt-get install chromium), or CHROMIUM=/path";

describe("JupyterLab in a browser", function () {
  this.timeout(180_000);
  let jupyter: Jupyter;
  let lab: Lab;

  before(async function () {
    const missing = withoutJupyter ?? withoutBrowser;
    if (missing) {
      console.log(`    skipped: ${missing}`);
      this.skip();
    }
    mkdirSync(picturesFolder, { recursive: true });
    jupyter = openJupyter();
    const notebooks = join(jupyter.folder, "notebooks");
    mkdirSync(notebooks);
    // The tour reads its network from the packages beside its folder.
    symlinkSync(join(projectFolder, "node_modules"), join(jupyter.folder, "node_modules"), "junction");
    cpSync(join(projectFolder, "notebooks", "tour.ipynb"), join(notebooks, "tour.ipynb"));
    writeFileSync(join(notebooks, "own.ipynb"), JSON.stringify(newNotebook(["", "", "", "", ""])));
    lab = await openLab(jupyter, notebooks);
  });

  after(async () => {
    await lab?.dispose();
    jupyter?.dispose();
  });

  afterEach(async function () {
    const { currentTest } = this;
    if (currentTest?.state === "failed")
      await lab?.picture(`failed ${currentTest.title}`.replace(/[^a-z]+/gi, "-"));
  });

  describe("the tour", () => {
    before(async function () {
      this.timeout(420_000); // It trains a dozen networks.
      await lab.open("tour.ipynb");
      await lab.page.getByRole("menuitem", { name: "Run", exact: true }).click();
      await lab.page.getByRole("menuitem", { name: /^Run All Cells/ }).click();
      // Each cell has a number when it has run; the last one ends it.
      await lab.page
        .locator(".jp-CodeCell")
        .last()
        .locator(".jp-InputPrompt")
        .getByText(/\[\d+\]:/)
        .waitFor({ timeout: 400_000 });
    });

    const outputOf = (source: string) =>
      lab.page.locator(".jp-CodeCell").filter({ hasText: source }).first().locator(".jp-Cell-outputWrapper");

    it("shows text and a caption", async () => {
      const output = outputOf("const facts");
      await output.scrollIntoViewIfNeeded();
      await output.getByText(/129,356 parameters, depth 54/).waitFor();
      await lab.picture("text");
      const caption = outputOf("%archbert caption network");
      await caption.scrollIntoViewIfNeeded();
      await caption
        .getByText(/convolution/)
        .first()
        .waitFor();
      await lab.picture("caption");
    });

    it("shows the drawing, as large as a picture", async () => {
      const output = outputOf("%archbert draw network");
      await output.scrollIntoViewIfNeeded();
      const drawing = output.locator("svg, img").first();
      await drawing.waitFor();
      const box = await drawing.boundingBox();
      assert.ok(box && box.width > 100 && box.height > 40, JSON.stringify(box));
      await lab.picture("drawing");
    });

    it("shows an answer, and what it cannot tell", async () => {
      const answer = outputOf("How many convolutions");
      await answer.scrollIntoViewIfNeeded();
      await answer.getByText(/53/).first().waitFor();
      await outputOf("Who trained it")
        .getByText(/cannot tell/)
        .first()
        .waitFor();
      await lab.picture("answer");
    });

    it("shows the curves and the end of a training", async () => {
      const training = outputOf("%archbert train");
      await training.scrollIntoViewIfNeeded();
      await training.locator("svg, img").first().waitFor();
      await training
        .getByText(/8 epochs in/)
        .first()
        .waitFor();
      await lab.picture("training");
    });

    it("shows the leaderboard and the curve of a search", async () => {
      const search = outputOf("%automl {sentence}");
      await search.scrollIntoViewIfNeeded();
      assert.ok((await search.locator("table tr").count()) > 5);
      await search.locator("svg, img").first().waitFor();
      await lab.picture("search");
    });

    it("shows an error in red, cleaned, and the cells after it", async () => {
      const thrown = outputOf("throw new RangeError");
      await thrown.scrollIntoViewIfNeeded();
      await thrown
        .locator('[data-mime-type="application/vnd.jupyter.stderr"], .jp-OutputArea-output')
        .first()
        .waitFor();
      // What was out of sight is drawn once it is scrolled to, and once more when the rest has its height.
      const told = thrown.getByText(/RangeError: depth/).first();
      let text = "";
      for (let i = 0; i < 50 && !/RangeError: depth/.test(text); i++) {
        await told.waitFor();
        text = await seen(thrown);
        if (text === "") await sleep(100);
      }
      assert.match(text, /RangeError: depth \d+ is over 3/);
      assert.doesNotMatch(text, /node_modules|dist\/kernel/);
      await outputOf("still here").getByText("still here").waitFor();
      await lab.picture("error");
    });
  });

  describe("a notebook of one's own", () => {
    before(() => lab.open("own.ipynb"));

    it("updates progress while the cell runs", async () => {
      const cell = lab.codeCell(0);
      const steps = [1, 2, 3].map(
        (n) => `await new Promise((r) => setTimeout(r, 700)); bar.update("step ${n}");`,
      );
      await lab.run(cell, ['const bar = display("step 0");', ...steps].join("\n"));
      const output = cell.locator(".jp-OutputArea-output");
      const texts: string[] = [];
      for (let n = 0; n <= 3; n++) {
        await output.getByText(`step ${n}`).waitFor();
        texts.push(await seen(output.first()));
        if (n === 1) await lab.picture("progress");
      }
      assert.equal(texts.length, 4);
      assert.equal(await output.count(), 1, "in place");
    });

    it("offers completions of a value's own members", async () => {
      const cell = lab.codeCell(1);
      await cell.locator(".cm-content").click();
      await lab.page.keyboard.insertText("[1, 2, 3].fla");
      await lab.page.keyboard.press("Tab");
      const popup = lab.page.locator(".jp-Completer");
      await popup.getByText("flatMap").first().waitFor();
      await lab.picture("completion");
      await lab.page.keyboard.press("Escape");
    });

    it("offers the verbs of a magic", async () => {
      const cell = lab.codeCell(2);
      await cell.locator(".cm-content").click();
      await lab.page.keyboard.insertText("%archbert ");
      await lab.page.keyboard.press("Tab");
      await lab.page.locator(".jp-Completer").getByText("caption").first().waitFor();
      await lab.picture("completion-magic");
      await lab.page.keyboard.press("Escape");
    });

    it("escapes what a value says of itself", async () => {
      const cell = lab.codeCell(3);
      await lab.run(cell, '[{ name: "<img src=x onerror=alert(1)>", "<b>key</b>": 1 }]');
      const output = cell.locator(".jp-OutputArea-output").first();
      await output.waitFor();
      assert.equal(await output.locator("img, b").count(), 0);
      assert.match(await seen(output), /<img src=x/);
    });

    it("asks for a line and gets it", async () => {
      const cell = lab.codeCell(4);
      await lab.run(cell, 'const name = prompt("Your name? ");\n["Hello", name].join(" ")');
      const field = cell.locator(".jp-Stdin-input");
      await field.fill("Ada");
      await field.press("Enter");
      await cell.getByText("Hello Ada").waitFor();
      await lab.picture("input");
    });

    it("interrupts a busy loop and keeps what was there", async () => {
      const cell = lab.codeCell(1);
      await lab.run(cell, "for (;;) {}");
      await lab.page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]').first().waitFor();
      await lab.page.getByRole("menuitem", { name: "Kernel", exact: true }).click();
      await lab.page.getByRole("menuitem", { name: /^Interrupt Kernel/ }).click();
      await lab.page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').first().waitFor();
      await lab.run(cell, "typeof bar.update");
      await cell.locator(".jp-OutputArea-output").getByText("function").waitFor();
    });
  });
});
