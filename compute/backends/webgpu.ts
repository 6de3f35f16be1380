// A graphics processor by WebGPU, where the user has installed Dawn for Node and tfjs's backend for it.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Backend } from "./backend";
import { findPackage, type Package } from "./packages";
import { activate, loadTfjs, withoutWarnings } from "./tfjs";

const dawnName = "webgpu";
const backendName = "@tensorflow/tfjs-backend-webgpu";

/** What of the `webgpu` package is used here. */
interface Dawn {
  create(options: string[]): Gpu;
  globals: object;
}

interface Gpu {
  requestAdapter(options?: object): Promise<Adapter | null>;
}

interface Adapter {
  info: {
    vendor: string;
    architecture: string;
    device: string;
    description: string;
    isFallbackAdapter?: boolean;
  };
}

/** Such an adapter computes on the processor, more slowly than wasm does. */
const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe/i;

/** Adapters are freed with the one who asked for them, so that one is kept as long as the process lives. */
let kept: Gpu | undefined;

async function startDawn({ folder }: Package): Promise<void> {
  const main = createRequire(join(folder, "package.json")).resolve(folder);
  const { create, globals }: Dawn = await import(pathToFileURL(main).href);
  kept = create([]);
  const adapter = await kept.requestAdapter();
  if (!adapter) throw new Error("there is no graphics processor that WebGPU can use");
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const words = [vendor, architecture, device, description].filter(Boolean).join(" ");
  if (isFallbackAdapter || softwareNames.test(words)) {
    throw new Error(`its only adapter is software: ${words}`);
  }
  // As in a browser, which is where tfjs's backend looks.
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis.navigator, "gpu", { value: kept, configurable: true });
}

export const webgpu: Backend = {
  automatic: true,

  find() {
    const missing = [dawnName, backendName].filter((name) => !findPackage(name));
    if (missing.length === 0) {
      const version = findPackage(backendName)?.version ?? null;
      return { available: true, version, note: "where there is a graphics processor", fix: null };
    }
    return {
      available: false,
      version: null,
      note: `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not installed`,
      fix: `npm i ${dawnName} ${backendName}@4.22.0, for a graphics processor without TensorFlow`,
    };
  },

  async load() {
    const dawn = findPackage(dawnName);
    const backend = findPackage(backendName);
    if (!dawn || !backend) throw new Error(`${dawnName} or ${backendName} is not installed`);
    await startDawn(dawn);
    const tf = await loadTfjs();
    await withoutWarnings(tf, async () =>
      createRequire(join(backend.folder, "package.json"))(backend.folder),
    );
    await activate(tf, "webgpu");
    return { version: backend.version, tf };
  },
};
