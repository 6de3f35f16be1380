// Plain JavaScript: slow and simple, the reference that other backends' gradients are checked against.
import type { Backend } from "./backend";
import { findPackage } from "./packages";
import { activate, loadTfjs } from "./tfjs";

export const cpu: Backend = {
  automatic: false,

  find() {
    const found = findPackage("@tensorflow/tfjs", [__dirname]);
    const note = "plain JavaScript, for checks only";
    if (found) return { available: true, version: found.version, note, fix: null };
    return {
      available: false,
      version: null,
      note: "@tensorflow/tfjs is missing",
      fix: "Install archbert again",
    };
  },

  async load() {
    const tf = await loadTfjs();
    await activate(tf, "cpu");
    // Else its first tensor prints advice about another package.
    (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
    return { version: tf.version_core, tf };
  },
};
