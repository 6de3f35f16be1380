// Puts the kernel where Jupyter finds it, and takes it away again.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ArchError } from "../../archbert/graph/errors";
import { makeFolder, writeWhole } from "../../compute/files";
import {
  isOurs,
  type KernelSpec,
  kernelSpec,
  mainFile,
  majorOf,
  type NodeRuntime,
  readSpec,
  thisNode,
} from "./kernelSpec";
import { logoPng, logoSvg } from "./logo";
import { activePrefix, type Machine, prefixDataFolder, thisMachine, userDataFolder } from "./places";

export interface Place {
  /** The user's own data folder; so it is when nothing else is asked for. */
  user?: boolean | undefined;
  /** The active Python's prefix. */
  sysPrefix?: boolean | undefined;
  prefix?: string | undefined;
}

export interface InstallOptions extends Place {
  name?: string | undefined;
  displayName?: string | undefined;
  machine?: Machine;
  node?: NodeRuntime;
}

export interface Installation {
  name: string;
  folder: string;
  spec: KernelSpec;
  /** What the user should know, each with what to do. */
  warnings: string[];
}

export const defaultName = "archbert";
export const defaultDisplayName = "TypeScript (ArchBERT)";

function kernelFolder({ user, sysPrefix, prefix }: Place, name: string, machine: Machine): string {
  if ([user, sysPrefix, prefix !== undefined].filter(Boolean).length > 1) {
    throw new ArchError("--user, --sys-prefix and --prefix exclude one another", { fix: "Give one of them" });
  }
  if (!/^[a-z0-9._-]+$/i.test(name) || /^\.+$/.test(name)) {
    throw new ArchError(`"${name}" cannot name a kernel`, {
      fix: "Use letters, digits, dots, dashes and underscores",
    });
  }
  if (prefix === "")
    throw new ArchError("--prefix is empty", { fix: "Give the folder that has share/jupyter below it" });
  if (prefix !== undefined) return join(prefixDataFolder(prefix), "kernels", name);
  if (sysPrefix) return join(prefixDataFolder(activePrefix(machine)), "kernels", name);
  return join(userDataFolder(machine), "kernels", name);
}

/** A kernel.json of somebody else, or one that cannot be read, is not ours to replace. */
function refuseOthers(folder: string, name: string): void {
  if (!existsSync(join(folder, "kernel.json")) || isOurs(readSpec(folder))) return;
  throw new ArchError(`another kernel is called ${name}`, {
    where: folder,
    fix: "Give another one with --name",
  });
}

const elsewhere = "Choose another place with --user or --prefix PATH";

/** The words of the operating system for a folder that cannot be written, as a user's error. */
function doInFolder(folder: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Error && "code" in error) {
      throw new ArchError(`cannot be written (${error.code})`, {
        where: folder,
        fix: elsewhere,
      });
    }
    throw error;
  }
}

/** Writes the kernel's spec and logos. */
export function install(options: InstallOptions = {}): Installation {
  const {
    name = defaultName,
    displayName = defaultDisplayName,
    machine = thisMachine(),
    node = thisNode(),
  } = options;
  const folder = kernelFolder(options, name, machine);
  refuseOthers(folder, name);
  const spec = kernelSpec(displayName, node);
  doInFolder(folder, () => {
    makeFolder(folder, { fix: elsewhere });
    writeWhole(join(folder, "logo-svg.svg"), logoSvg);
    writeWhole(join(folder, "logo-32x32.png"), logoPng(32));
    writeWhole(join(folder, "logo-64x64.png"), logoPng(64));
    writeWhole(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  });
  return { name, folder, spec, warnings: warningsOf(node, mainFile()) };
}

export function warningsOf(node: NodeRuntime, main: string): string[] {
  const warnings: string[] = [];
  if (majorOf(node.version) < 24) {
    warnings.push(
      `The kernel runs on Node ${node.version}. Interrupting a cell is safer on Node 24: install again with it to change.`,
    );
  }
  if (/[\\/]_npx[\\/]/.test(main)) {
    warnings.push(
      "The kernel lies in npx's cache, which npm may clear. Install it to stay: npm install -g archbert, then archbert install",
    );
  }
  return warnings;
}

/**
 * Takes the kernel away from where `install` with the same options put it.
 *
 * @returns its folder
 * @throws ArchError where it is not installed, or is somebody else's
 */
export function uninstall(options: Omit<InstallOptions, "displayName" | "node"> = {}): string {
  const { name = defaultName, machine = thisMachine() } = options;
  const folder = kernelFolder(options, name, machine);
  refuseOthers(folder, name);
  if (!existsSync(join(folder, "kernel.json"))) {
    throw new ArchError(`no kernel called ${name} is installed`, {
      where: folder,
      fix: "archbert doctor lists those that are",
    });
  }
  doInFolder(folder, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
