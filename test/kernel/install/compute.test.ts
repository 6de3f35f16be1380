// What the doctor says of the backend that networks train on.
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Check, examine } from "../../../kernel/install";

describe("the doctor's check of what computes", () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  /** On a machine without kernels, so that none is started. */
  const check = async (env: NodeJS.ProcessEnv = {}): Promise<Check> => {
    const { ARCHBERT_BACKEND: _, ARCHBERT_TFJS_NODE: __, ...rest } = before;
    process.env = { ...rest, ...env };
    const home = join(tmpdir(), "archbert-no-such-home");
    const { checks } = await examine({ platform: "linux", env: { JUPYTER_DATA_DIR: home }, home });
    return checks.find(({ name }) => name === "compute") as Check;
  };

  it("says what is taken, why not another, and how to get it", async () => {
    const { status, found, fix } = await check();
    assert.equal(status, "ok");
    assert.match(found, /^(wasm|tensorflow|webgpu) \d/);
    if (found.startsWith("wasm")) {
      assert.match(found, /tfjs-node/);
      assert.match(fix ?? "", /npm i @tensorflow\/tfjs-node/);
    }
  });

  it("says so where the user chose, and has nothing to add", async () => {
    const { status, found, fix } = await check({ ARCHBERT_BACKEND: "cpu" });
    assert.equal(status, "ok");
    assert.match(found, /^cpu 4.*as ARCHBERT_BACKEND says/);
    assert.equal(fix, null);
  });

  it("is an error where the choice cannot be had", async () => {
    const none = await check({ ARCHBERT_BACKEND: "cuda" });
    assert.equal(none.status, "error");
    assert.match(none.found, /no backend "cuda"\. Choose one of/);
    const nowhere = await check({ ARCHBERT_BACKEND: "tensorflow", ARCHBERT_TFJS_NODE: "/no/such/folder" });
    assert.equal(nowhere.status, "error");
    assert.match(nowhere.found, /no package lies in \/no\/such\/folder/);
  });
});
