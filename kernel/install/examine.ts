// What `archbert doctor` says: each thing the product stands on, whether it is well, and what to do where it is not.
import { spawnSync } from "node:child_process";
import { freemem, totalmem } from "node:os";
import { ArchError } from "../../archbert/graph/errors";
import { type InstalledKernel, installedKernels, majorOf } from "./kernelSpec";
import { type Machine, searchedFolders, thisMachine } from "./places";
import { tryKernel } from "./trial";
import { version } from "./version";

export interface Check {
  name: string;
  status: "ok" | "warn" | "error";
  /** What was found, in a sentence or a figure. */
  found: string;
  /** What to do, or, where all is well, what would make it better; null for nothing. */
  fix: string | null;
}

export interface Report {
  /** The worst of the checks. */
  status: Check["status"];
  checks: Check[];
}

/** Below this a kernel with its compiler (about 230 MB) and a network or two gets tight. */
const enoughMemoryBytes = 1 << 30;
const oldestNode = [22, 12] as const;

const ok = (name: string, found: string): Check => ({ name, status: "ok", found, fix: null });

function checkNode(nodeVersion = process.versions.node): Check {
  const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
  const found = `Node ${nodeVersion}, ${process.execPath}`;
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    return {
      name: "node",
      status: "error",
      found,
      fix: `Use Node ${oldestNode.join(".")} or later, 24 is best`,
    };
  }
  if (majorOf(nodeVersion) < 24) {
    return { name: "node", status: "warn", found, fix: "Interrupting a cell is safer on Node 24" };
  }
  return ok("node", found);
}

function checkTypeScript(): Check {
  const name = "typescript";
  try {
    // Only the number: loading the compiler takes longer than all else here.
    return ok(name, `cells are TypeScript ${require("typescript/package.json").version}`);
  } catch (error) {
    const found = `the compiler is missing (${error instanceof Error ? error.message.split("\n")[0] : error})`;
    return { name, status: "error", found, fix: "Install archbert again" };
  }
}

function checkJupyter(): Check {
  const name = "jupyter";
  for (const command of ["jupyter-lab", "jupyter-notebook", "jupyter"]) {
    const answer = spawnSync(command, ["--version"], { encoding: "utf8", timeout: 20_000 });
    const line = answer.status === 0 ? answer.stdout.trim().split("\n")[0] : undefined;
    if (line) return ok(name, command === "jupyter" ? line : `${command} ${line}`);
  }
  return {
    name,
    status: "warn",
    found: "no Jupyter on the path",
    fix: "pip install jupyterlab, or open a notebook in VS Code",
  };
}

async function checkKernel(kernel: InstalledKernel): Promise<Check> {
  const { name, folder, spec, missing } = kernel;
  const again = `Run archbert install again${name === "archbert" ? "" : ` with --name ${name}`}`;
  if (missing.length > 0) {
    const found = `${folder}, but ${missing.join(" and ")} is gone`;
    return { name: "kernel", status: "error", found, fix: again };
  }
  try {
    const ms = await tryKernel(spec);
    return ok("kernel", `${folder}, answers after ${ms.toFixed(0)} ms`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { name: "kernel", status: "error", found: `${folder}, but it does not start: ${why}`, fix: again };
  }
}

async function checkKernels(machine: Machine): Promise<Check[]> {
  const folders = searchedFolders(machine);
  const kernels = installedKernels(folders);
  if (kernels.length === 0) {
    const found = `not installed in ${folders.join(", ")}`;
    return [{ name: "kernel", status: "warn", found, fix: "Run archbert install" }];
  }
  const checks: Check[] = [];
  for (const kernel of kernels) checks.push(await checkKernel(kernel));
  return checks;
}

function checkMemory(): Check {
  const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GB`;
  // Where the process is limited (a container), that is what counts.
  const limit = process.constrainedMemory();
  const total = limit > 0 && limit < totalmem() ? limit : totalmem();
  const available = Math.min(total, process.availableMemory?.() ?? freemem());
  const found = `${gigabytes(available)} available of ${gigabytes(total)}`;
  if (available >= enoughMemoryBytes) return ok("memory", found);
  return {
    name: "memory",
    status: "warn",
    found,
    fix: "Close other programs, or shut kernels down that are not in use",
  };
}

/** Which backend networks train on here, and how to get a faster one. Looks at packages, loads none. */
async function checkCompute(): Promise<Check> {
  const name = "compute";
  const { availableBackends } = await import("../../compute/index.js");
  try {
    const states = availableBackends();
    const chosen = states.find((state) => state.chosen);
    if (!chosen) return { name, status: "error", found: "no backend", fix: "Install archbert again" };
    const { name: backend, version, note, available, fix } = chosen;
    const asked = process.env.ARCHBERT_BACKEND ? ", as ARCHBERT_BACKEND says" : "";
    if (!available) return { name, status: "error", found: `${backend}${asked}, but ${note}`, fix };
    const faster = states.slice(0, states.indexOf(chosen)).filter((state) => !state.available);
    const found = [`${backend} ${version}: ${note}${asked}`, ...faster.map((state) => state.note)].join("; ");
    const better = asked ? undefined : faster.find((state) => state.fix)?.fix;
    return { name, status: "ok", found, fix: better ? `For faster training: ${better}` : null };
  } catch (error) {
    if (!(error instanceof ArchError)) throw error;
    return { name, status: "error", found: error.message, fix: null }; // Its message ends on what to do.
  }
}

/** Examines this machine. Starts each installed kernel once, for less than a second. */
export async function examine(machine: Machine = thisMachine()): Promise<Report> {
  const checks = [
    ok("archbert", `version ${version}`),
    checkNode(),
    checkTypeScript(),
    await checkCompute(),
    ...(await checkKernels(machine)),
    checkJupyter(),
    checkMemory(),
  ];
  const worst = (["error", "warn"] as const).find((status) =>
    checks.some((check) => check.status === status),
  );
  return { status: worst ?? "ok", checks };
}
