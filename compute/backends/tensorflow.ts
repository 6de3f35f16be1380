// TensorFlow's own library, through tfjs-node or tfjs-node-gpu where the user has installed it.
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import util from "node:util";
import { ArchError } from "../../archbert/graph/errors";
import type { Backend, Found } from "./backend";
import { findPackage, type Package, readPackage } from "./packages";
import { activate, loadTfjs, withoutWarnings } from "./tfjs";

/** The variable that names the folder of a package that lies where Node would not look. */
const placeVariable = "ARCHBERT_TFJS_NODE";
const packageNames = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"];
const howTo = "npm i @tensorflow/tfjs-node, or build it against a newer TensorFlow: docs/compute.md";

interface NodePackage extends Package {
  name: string;
}

/** @throws ArchError when the user names a folder that holds no package */
function locate(): NodePackage | null {
  const named = process.env[placeVariable];
  if (named) {
    try {
      return { name: named, ...readPackage(resolve(named)) };
    } catch {
      throw new ArchError(`no package lies in ${named}`, {
        where: placeVariable,
        fix: "Give the folder of tfjs-node, the one that holds its package.json",
      });
    }
  }
  for (const name of packageNames) {
    const found = findPackage(name);
    if (found) return { name, ...found };
  }
  return null;
}

/** Whether its native part is there: installing it without scripts leaves it out. */
function hasBinding({ folder }: Package): boolean {
  const lib = join(folder, "lib");
  if (!existsSync(lib)) return false;
  return readdirSync(lib).some((name) => existsSync(join(lib, name, "tfjs_binding.node")));
}

function find(): Found {
  let found: NodePackage | null;
  try {
    found = locate();
  } catch (error) {
    if (!(error instanceof ArchError)) throw error;
    return { available: false, version: null, note: error.message, fix: null };
  }
  if (!found) return { available: false, version: null, note: "tfjs-node is not installed", fix: howTo };
  const { name, version } = found;
  if (!hasBinding(found)) {
    return { available: false, version, note: `${name} lacks its native part`, fix: howTo };
  }
  return { available: true, version, note: name, fix: null };
}

/** tfjs-node calls what Node 23 took away and Node 22 warns of. */
function mendUtil(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
}

export const tensorflow: Backend = {
  automatic: true,
  find,

  async load() {
    const found = locate();
    if (!found) throw new Error("tfjs-node is not installed");
    process.env.TF_CPP_MIN_LOG_LEVEL ??= "2"; // Else the library reports the processor it found, on stderr.
    mendUtil();
    const tf = await loadTfjs();
    await withoutWarnings(tf, async () => createRequire(join(found.folder, "package.json"))(found.folder));
    await activate(tf, "tensorflow");
    const { binding } = tf.backend() as unknown as { binding: { TF_Version: string } };
    return { version: `${found.version} on TensorFlow ${binding.TF_Version}`, tf };
  },
};
