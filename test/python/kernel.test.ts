// PyPI's jupyter_kernel_test over our kernel: all passes, and nothing is skipped that ipykernel passes.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Jupyter, openJupyter, projectFolder, withoutJupyter } from "./jupyter";

interface Outcome {
  name: string;
  outcome: "passed" | "failed" | "skipped";
  detail: string;
}

/** Every test of jupyter_kernel_test 0.7.0; another list in a newer one fails here, so that none is missed. */
const tests = [
  "clear_output",
  "completion",
  "display_data",
  "error",
  "execute_result",
  "execute_stderr",
  "execute_stdout",
  "history",
  "inspect",
  "is_complete",
  "kernel_info",
  "pager",
  "recv_iopub_welcome_msg",
];

describe("jupyter_kernel_test", function () {
  this.timeout(180_000);
  let jupyter: Jupyter;
  let ours: Outcome[];

  async function outcomes(kernel: "archbert" | "python3"): Promise<Outcome[]> {
    const script = join(projectFolder, "test", "python", "test_kernel.py");
    const { stdout, stderr } = await jupyter.python([script, kernel], { timeoutMs: 170_000 });
    const found: Outcome[] = stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
    assert.ok(found.length > 0, `no test ran:\n${stderr}`);
    return found;
  }

  before(async function () {
    if (withoutJupyter) {
      console.log(`      skipped: ${withoutJupyter}`);
      this.skip();
    }
    jupyter = openJupyter();
    ours = await outcomes("archbert");
  });

  after(() => jupyter?.dispose());

  for (const name of tests) {
    it(name, () => {
      const found = ours.find((test) => test.name === name);
      assert.ok(found, `not run; run were ${ours.map((test) => `${test.name} ${test.detail}`).join(", ")}`);
      assert.equal(found.outcome, "passed", found.detail);
    });
  }

  it("has no test that is not named here", () => {
    assert.deepEqual(ours.map((test) => test.name).sort(), [...tests].sort());
  });

  it("skips nothing that ipykernel passes", async () => {
    const python = await outcomes("python3");
    const passed = (found: Outcome[]) =>
      new Set(found.filter((t) => t.outcome === "passed").map((t) => t.name));
    const mine = passed(ours);
    assert.ok(passed(python).size >= tests.length - 1, "ipykernel itself passes");
    assert.deepEqual(
      [...passed(python)].filter((name) => !mine.has(name)),
      [],
    );
  });
});
