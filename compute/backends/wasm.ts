// WebAssembly with our gradient kernels: needs nothing but npm, and so is what most machines train on.
import { dirname } from "node:path";
import type { Backend } from "./backend";
import { findPackage } from "./packages";
import { activate, loadTfjs, withoutFatalListeners } from "./tfjs";

const packageName = "@tensorflow/tfjs-backend-wasm";

export const wasm: Backend = {
  automatic: true,

  find() {
    const found = findPackage(packageName, [__dirname]);
    if (found) {
      return { available: true, version: found.version, note: "needs nothing but npm", fix: null };
    }
    return {
      available: false,
      version: null,
      note: `${packageName} is missing`,
      fix: "Install archbert again",
    };
  },

  async load() {
    const tf = await loadTfjs();
    const { setThreadsCount, setWasmPaths, version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
    // From the package's own folder, never from a network.
    setWasmPaths(`${dirname(require.resolve(packageName))}/`);
    // Processes scale better than threads do, and threads hang now and then.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    setThreadsCount(1);
    const { registerWasmKernels } = await import("../kernels/index.js");
    registerWasmKernels();
    await withoutFatalListeners(() => activate(tf, "wasm"));
    return { version: version_wasm, tf };
  },
};
