// Makes a fresh clone ready: node packages, a `.venv` with JupyterLab, the build. Needs nothing but Node 20 or later.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";
const modules = join(root, "node_modules");
const venv = join(root, ".venv");
const venvBin = join(venv, windows ? "Scripts" : "bin");

/** The Node that runs our code: the devDependency `node`, or the one that ARCHBERT_NODE names. */
export const node = process.env.ARCHBERT_NODE ?? join(modules, "node", "bin", windows ? "node.exe" : "node");
export const python = join(venvBin, windows ? "python.exe" : "python");

/** The environment of every child: our Node and the `.venv` come first. */
export const environment = () => ({
  ...process.env,
  PATH: [dirname(node), venvBin, join(modules, ".bin"), process.env.PATH].join(delimiter),
  VIRTUAL_ENV: venv,
});

/** A mistake of the machine's set-up, told in a line. */
export class SetupError extends Error {}

export const say = (text) => process.stdout.write(`${text}\n`);

/** Runs a program below our own output. Returns its exit status. */
export function run(program, args, options = {}) {
  const done = spawnSync(program, args, { cwd: root, env: environment(), stdio: "inherit", ...options });
  if (done.error) throw new SetupError(`${program}: ${done.error.message}`);
  return done.status ?? 1;
}

/** Runs a program whose output matters only when it fails. */
function runQuietly(what, program, args) {
  const started = performance.now();
  process.stdout.write(`${what} ... `);
  // On Windows npm is a .cmd file, which only a shell starts.
  const shell = windows && program === "npm";
  const done = spawnSync(program, args, { cwd: root, encoding: "utf8", shell, maxBuffer: 1 << 28 });
  if (done.status === 0) return say(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  say("failed");
  const output = done.error
    ? done.error.message
    : `${done.stdout}${done.stderr}`.trim().split("\n").slice(-25).join("\n");
  throw new SetupError(`${what} failed:\n${output}`);
}

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/** Whether node_modules holds what package-lock.json asks for, by npm's own note of what it installed. */
function nodePackagesAreCurrent() {
  const note = join(modules, ".package-lock.json");
  if (!existsSync(note) || !(process.env.ARCHBERT_NODE || existsSync(node))) return false;
  const installed = readJson(note).packages;
  const wanted = Object.entries(readJson(join(root, "package-lock.json")).packages).filter(
    ([path]) => path !== "",
  );
  return wanted.every(([path, { version, optional }]) => {
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}

export function installNodePackages() {
  if (nodePackagesAreCurrent()) return;
  runQuietly("installing node packages", "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

/** The first Python that is new enough and can make a virtual environment. */
function findPython() {
  const names = process.env.PYTHON
    ? [process.env.PYTHON]
    : ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
  const question = "import sys; print('%d.%d' % sys.version_info[:2]); import venv, ensurepip";
  let trouble = "python3 is missing";
  for (const name of names) {
    const answer = spawnSync(name, ["-c", question], { encoding: "utf8" });
    const version = answer.stdout?.trim();
    if (answer.error || !version) continue;
    const [major, minor] = version.split(".").map(Number);
    if (major < 3 || (major === 3 && minor < 10)) trouble = `${name} is ${version}`;
    else if (answer.status !== 0) trouble = `${name} has no venv module`;
    else return name;
  }
  throw new SetupError(
    `JupyterLab needs Python 3.10 or later with its venv module: ${trouble}. ` +
      "Install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name one: PYTHON=/path/to/python3",
  );
}

export function installJupyter() {
  const requirements = join(root, "scripts", "requirements.txt");
  const stamp = join(venv, "archbert-stamp");
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const base = findPython();
  rmSync(venv, { recursive: true, force: true });
  runQuietly("making .venv", base, ["-m", "venv", venv]);
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    "-r",
    requirements,
  ];
  runQuietly("installing JupyterLab into .venv", python, pip);
  writeFileSync(stamp, wanted);
}

/** Compiles into dist/. Returns whether it type-checks; dist/ is written either way. */
export function build() {
  const dist = join(root, "dist");
  mkdirSync(dist, { recursive: true });
  const status = run(node, [join(modules, "typescript", "bin", "tsc"), "-p", "."]);
  removeOrphans(dist);
  return status === 0;
}

/** Removes compiled files whose source is gone, so that no deleted test goes on running. */
function removeOrphans(dist) {
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const compiled = /^(.*?)(\.d\.ts|\.js)$/.exec(entry.name);
    if (!entry.isFile() || !compiled) continue;
    const folder = entry.parentPath ?? entry.path;
    if (!existsSync(join(root, relative(dist, folder), `${compiled[1]}.ts`)))
      rmSync(join(folder, entry.name));
  }
}

export const archbert = (...args) => run(node, [join(root, "dist", "kernel", "cli", "main.js"), ...args]);

/** All that a notebook needs: packages, Jupyter, the build, and the kernel registered in .venv. */
export function prepareKernel() {
  installNodePackages();
  installJupyter();
  if (!build()) throw new SetupError("the build failed, see above");
  if (archbert("install", "--sys-prefix") !== 0)
    throw new SetupError("the kernel could not be registered, see above");
}

/** Runs a script's work; a set-up error ends it with one message and status 1. */
export function main(work) {
  try {
    process.exitCode = work() ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
