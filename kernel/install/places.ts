// Where Jupyter looks for kernels, on each platform.
import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { ArchError } from "../../archbert/graph/errors";

/** What decides where Jupyter looks; a parameter, so that the other platforms can be tested too. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export const thisMachine = (): Machine => ({ platform: process.platform, env: process.env, home: homedir() });

/**
 * The user's own Jupyter data folder.
 *
 * @see https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files
 */
export function userDataFolder({ platform, env, home }: Machine): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform === "win32") {
    return env.APPDATA ? join(env.APPDATA, "jupyter") : join(home, ".jupyter", "data");
  }
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
}

/** The data folder below a prefix, as `jupyter kernelspec install --prefix` has it. */
export const prefixDataFolder = (prefix: string): string => join(resolve(prefix), "share", "jupyter");

/**
 * The prefix of the active Python: its virtual or conda environment, or else what `python3` says.
 *
 * @throws ArchError where no Python answers
 */
export function activePrefix(machine: Machine): string {
  const { env, platform } = machine;
  const environment = env.VIRTUAL_ENV || env.CONDA_PREFIX;
  if (environment) return environment;
  for (const python of platform === "win32" ? ["python", "py"] : ["python3", "python"]) {
    const answer = spawnSync(python, ["-c", "import sys; print(sys.prefix)"], { encoding: "utf8" });
    const prefix = answer.status === 0 ? answer.stdout.trim() : "";
    if (prefix) return prefix;
  }
  throw new ArchError("--sys-prefix asks Python where it lives, and no Python answers", {
    fix: "Activate an environment, or use --user or --prefix PATH",
  });
}

/** Every data folder in which this machine's Jupyter looks for kernels, the first wins. */
export function searchedFolders(machine: Machine): string[] {
  const { platform, env } = machine;
  const listed = (env.JUPYTER_PATH ?? "").split(delimiter).filter(Boolean);
  const environments = [env.VIRTUAL_ENV, env.CONDA_PREFIX].filter(
    (prefix) => prefix !== undefined && prefix !== "",
  );
  const system =
    platform === "win32"
      ? [join(env.PROGRAMDATA ?? "C:\\ProgramData", "jupyter")]
      : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  const all = [
    ...listed,
    ...environments.map((prefix) => prefixDataFolder(prefix as string)),
    userDataFolder(machine),
    ...system,
  ];
  return [...new Set(all.map((folder) => resolve(folder)))];
}
