// A graphics processor by WebGPU.
import type { Backend } from "./backend";
export const webgpu: Backend = {
  automatic: true,
  find() {
    return { available: false, version: null, note: "not installed", fix: null };
  },
  async load() {
    throw new Error("not installed");
  },
};
