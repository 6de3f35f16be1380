// kernel.json: how Jupyter starts the kernel.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { version } from "./version";

export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message" | "signal";
  metadata: { debugger?: boolean; archbert?: { version: string } } & Record<string, unknown>;
}

export interface NodeRuntime {
  readonly path: string;
  /** `process.versions.node` of it. */
  readonly version: string;
  readonly flags: { has(flag: string): boolean };
}

export const thisNode = (): NodeRuntime => ({
  path: process.execPath,
  version: process.versions.node,
  flags: process.allowedNodeEnvironmentFlags,
});

export const majorOf = (nodeVersion: string): number => Number(nodeVersion.split(".")[0]);

/**
 * The options under which an interrupt may end a cell in the midst of it.
 *
 * Terminated code leaves async hooks unbalanced, which Node's checks take for corruption and abort. Node 22 also needs the
 * newer AsyncLocalStorage, which Node 24 has anyway and rejects the name of.
 */
export function nodeOptions({ version, flags }: Omit<NodeRuntime, "path">): string[] {
  const wanted = ["--no-force-async-hooks-checks"];
  if (majorOf(version) < 24) wanted.push("--experimental-async-context-frame");
  return wanted.filter((flag) => flags.has(flag));
}

/** The kernel's entry, compiled. */
export const mainFile = (): string => resolve(__dirname, "..", "main.js");

export function kernelSpec(displayName: string, node: NodeRuntime = thisNode()): KernelSpec {
  return {
    argv: [node.path, ...nodeOptions(node), mainFile(), "{connection_file}"],
    display_name: displayName,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false, archbert: { version } },
  };
}

/** A kernel of ours that Jupyter would find. */
export interface InstalledKernel {
  name: string;
  /** The folder of its kernel.json. */
  folder: string;
  spec: KernelSpec;
  /** Files of its command that are no longer there. */
  missing: string[];
}

/** Reads a kernel's spec; undefined where there is none or it is not JSON. */
export function readSpec(folder: string): KernelSpec | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  } catch {
    // Jupyter leaves such a folder out as well.
    return undefined;
  }
}

export const isOurs = (spec: KernelSpec | undefined): spec is KernelSpec =>
  spec?.metadata?.archbert !== undefined && Array.isArray(spec.argv);

/** The kernels of ours in the given Jupyter data folders, in their order. */
export function installedKernels(dataFolders: readonly string[]): InstalledKernel[] {
  return dataFolders.flatMap((dataFolder) => {
    const kernels = join(dataFolder, "kernels");
    if (!existsSync(kernels)) return [];
    return readdirSync(kernels).flatMap((name) => {
      const folder = join(kernels, name);
      const spec = readSpec(folder);
      if (!isOurs(spec)) return [];
      const files = spec.argv.filter((word, index) => index === 0 || word.endsWith("main.js"));
      return [{ name, folder, spec, missing: files.filter((file) => !existsSync(file)) }];
    });
  });
}
