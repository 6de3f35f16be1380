// A Jupyter of its own for a suite: the `.venv`'s programs, a data folder that holds only our kernel, an empty home.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { install } from "../../kernel/install";

export const projectFolder = resolve(__dirname, "..", "..", "..");
const venvBin = join(projectFolder, ".venv", process.platform === "win32" ? "Scripts" : "bin");
export const python = join(venvBin, process.platform === "win32" ? "python.exe" : "python");

/** Why a suite that needs Jupyter cannot run here; undefined where it can. */
export const withoutJupyter = existsSync(python) ? undefined : "no .venv with JupyterLab; npm test makes it";

export interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface Jupyter {
  /** An empty folder that goes with it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs `.venv`'s Python to its end. */
  python(args: readonly string[], options?: RunOptions): Promise<Run>;
  dispose(): void;
}

export interface RunOptions {
  cwd?: string;
  input?: string;
  timeoutMs?: number;
  env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end; past `timeoutMs` it is killed with all that it started. */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { cwd = projectFolder, input = "", timeoutMs = 120_000, env } = options;
  return new Promise((finished, failed) => {
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      detached: process.platform !== "win32",
    });
    const timer = setTimeout(() => killGroup(child), timeoutMs);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk;
    });
    child.once("error", failed);
    child.once("close", (status) => {
      clearTimeout(timer);
      finished({ status, stdout, stderr });
    });
    child.stdin.on("error", () => {}); // It may end without reading.
    child.stdin.end(input);
  });
}

export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

/** Installs the kernel of this checkout for a Jupyter that knows no other of its name. */
export function openJupyter(): Jupyter {
  const folder = mkdtempSync(join(tmpdir(), "archbert-jupyter-"));
  const below = (...path: string[]) => join(folder, ".jupyter-home", ...path);
  const env: Record<string, string> = {
    PATH: [dirname(process.execPath), venvBin, process.env.PATH].join(delimiter),
    HOME: below("home"),
    JUPYTER_DATA_DIR: below("data"),
    JUPYTER_CONFIG_DIR: below("config"),
    JUPYTER_RUNTIME_DIR: below("runtime"),
    IPYTHONDIR: below("ipython"),
    JUPYTER_PLATFORM_DIRS: "0",
    // The user's data folder comes before the environment's, whose kernel may be older.
    JUPYTER_PREFER_ENV_PATH: "0",
    LANG: "C.UTF-8",
    PYTHONDONTWRITEBYTECODE: "1",
  };
  for (const path of [env.HOME, env.JUPYTER_RUNTIME_DIR]) mkdirSync(path as string, { recursive: true });
  // JupyterLab asks on its first start whether it may fetch news; in a test nobody answers.
  const settings = { disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true } };
  mkdirSync(below("config", "labconfig"), { recursive: true });
  writeFileSync(below("config", "labconfig", "page_config.json"), JSON.stringify(settings));
  install({ machine: { platform: process.platform, env, home: below("home") } });
  return {
    folder,
    env,
    python: (args, options = {}) =>
      runProgram(python, args, { ...options, env: { ...env, ...options.env }, cwd: options.cwd ?? folder }),
    dispose: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
