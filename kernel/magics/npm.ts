// %npm install: packages for the cells, after the user's consent.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { ArchError } from "../../archbert/graph/errors";
import type { Host } from "../host";
import { verb } from "../verbs/verb";
import type { MagicContext, VerbMagic } from "./magic";

/** Between asking npm to stop and ending it. */
const graceMs = 2_000;

interface InstallInput {
  packages: readonly string[];
  yes?: boolean;
  saveDev?: boolean;
  scripts?: boolean;
}

const install = verb({
  name: "install",
  summary: "installs packages into this folder, once you have agreed",
  examples: [
    { words: "lodash-es", does: "shows the command and asks" },
    { words: "simple-statistics@7 --yes", does: "does not ask" },
  ],
  args: { packages: { kind: "text", summary: "a package, with @VERSION or @TAG if you like", many: true } },
  options: {
    yes: { kind: "flag", short: "y", summary: "does not ask" },
    saveDev: { kind: "flag", short: "D", summary: "saves them as devDependencies" },
    scripts: { kind: "flag", summary: "lets the packages run their install scripts" },
  },
  async run(
    { packages, yes, saveDev, scripts }: InstallInput,
    { host, folder }: MagicContext,
  ): Promise<void> {
    for (const name of packages) checkPackage(name);
    const args = ["install", "--prefix", folder, "--no-fund", "--no-audit"];
    if (!scripts) args.push("--ignore-scripts");
    if (saveDev) args.push("--save-dev");
    args.push("--", ...packages);
    const command = ["npm", ...args].map(quote).join(" ");
    if (yes) host.write("stdout", `${command}\n`);
    else if (!agrees(host, command)) {
      host.write("stdout", "Nothing was installed.\n");
      return;
    }
    await runNpm(args, folder, host);
  },
  toText: () => "",
  toJson: () => null,
});

export const npm = {
  kind: "verbs",
  name: "npm",
  summary: "installs packages for the cells of this folder",
  verbs: { install },
} satisfies VerbMagic;

function agrees({ prompt }: Host, command: string): boolean {
  try {
    return /^y(es)?$/i.test(prompt(`${command}\nRun this? [y/N] `).trim());
  } catch (error) {
    if (!(error instanceof ArchError)) throw error;
    const fix = "Add --yes to agree in the cell";
    throw new ArchError("this front end cannot ask for consent", { where: "%npm install", fix });
  }
}

/**
 * A name with a version, tag or range of the registry. Nothing that npm would read as an option, folder, URL or alias:
 * a package's origin is the registry that the user's npm knows.
 *
 * @throws ArchError
 */
export function checkPackage(spec: string): void {
  if (/^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*(?:@[\w.+^~<>=*|-]+)?$/i.test(spec)) return;
  throw new ArchError(`"${spec.slice(0, 80)}" is not a package's name`, {
    where: "%npm install",
    fix: "Write NAME, @SCOPE/NAME or NAME@VERSION",
  });
}

export async function runNpm(
  args: readonly string[],
  folder: string,
  host: Pick<Host, "signal" | "write">,
  program: readonly [string, ...string[]] = findNpm(),
): Promise<void> {
  host.signal.throwIfAborted();
  const [command, ...first] = program;
  // A group of its own, so that what npm has started is stopped with it.
  const detached = process.platform !== "win32";
  const child = spawn(command, [...first, ...args], {
    cwd: folder,
    detached,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (detached && child.pid) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    kill("SIGTERM");
    killing = setTimeout(() => kill("SIGKILL"), graceMs);
  };
  const killNow = () => kill("SIGKILL");
  host.signal.addEventListener("abort", stop, { once: true });
  process.once("exit", killNow);
  child.stdout.setEncoding("utf8").on("data", (text: string) => host.write("stdout", text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => host.write("stderr", text));
  try {
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    host.signal.throwIfAborted();
    if (code !== 0)
      throw new ArchError(`npm ended with status ${code}`, {
        where: "%npm install",
        fix: "Its own words are above",
      });
  } finally {
    clearTimeout(killing);
    host.signal.removeEventListener("abort", stop);
    process.off("exit", killNow);
  }
}

/** npm's own program, run by this Node, never by a shell. */
function findNpm(): [string, ...string[]] {
  const beside = path.dirname(process.execPath);
  const candidates = [
    path.join(beside, "node_modules/npm/bin/npm-cli.js"),
    path.join(beside, "../lib/node_modules/npm/bin/npm-cli.js"),
  ];
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const link = path.join(folder, "npm");
    candidates.push(path.join(folder, "node_modules/npm/bin/npm-cli.js"));
    if (folder !== "" && existsSync(link)) candidates.push(realpathSync(link));
  }
  const script = candidates.find((file) => file.endsWith(".js") && existsSync(file));
  if (!script)
    throw new ArchError("npm is not on the path", { where: "%npm", fix: "Install npm, or add it to PATH" });
  return [process.execPath, script];
}

function quote(word: string): string {
  return /^[\w@%+=:,./^~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
