// The choice of backend: the first of the list that is there and loads, unless the user names one.
import { ArchError } from "../../archbert/graph/errors";
import type { Backend, Found, Tf } from "./backend";
import { cpu } from "./cpu";
import { tensorflow } from "./tensorflow";
import { wasm } from "./wasm";
import { webgpu } from "./webgpu";

export type { Backend, Found, Loaded, Tf } from "./backend";

/** In the order of choice. */
export const backends = { tensorflow, webgpu, wasm, cpu } satisfies Record<string, Backend>;

export type BackendName = keyof typeof backends;

export interface ChosenBackend {
  name: BackendName;
  version: string;
  /** Why it and none before it in the list. */
  why: string;
  tf: Tf;
}

export interface BackendState extends Found {
  name: BackendName;
  /** Whether `useBackend()` would take it, as far as can be told without loading it. */
  chosen: boolean;
}

const names = Object.keys(backends) as BackendName[];
const chooseVariable = "ARCHBERT_BACKEND";

/** @throws ArchError naming the choices */
export function backendName(name: string, where?: string): BackendName {
  const found = names.find((known) => known === name);
  if (found) return found;
  throw new ArchError(`there is no backend "${name}"`, { where, fix: `Choose one of ${names.join(", ")}` });
}

/** The name in the environment; undefined where the choice is ours. */
function asked(): BackendName | undefined {
  const name = process.env[chooseVariable];
  return name ? backendName(name, chooseVariable) : undefined;
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).split("\n")[0];

/** What is there, in the order of choice. Loads none of it. @throws ArchError when ARCHBERT_BACKEND names none */
export function availableBackends(): BackendState[] {
  const wanted = asked();
  const states = names.map((name) => ({ name, ...backends[name].find(), chosen: false }));
  const chosen = wanted ?? states.find(({ name, available }) => available && backends[name].automatic)?.name;
  for (const state of states) state.chosen = state.name === chosen;
  return states;
}

async function loadNamed(name: BackendName, why: string): Promise<ChosenBackend> {
  const { available, note, fix } = backends[name].find();
  if (!available) {
    throw new ArchError(`the ${name} backend cannot be used: ${note}`, { fix: fix ?? undefined });
  }
  try {
    return { name, why, ...(await backends[name].load()) };
  } catch (error) {
    if (error instanceof ArchError) throw error;
    throw new ArchError(`the ${name} backend does not load: ${reasonOf(error)}`, {
      fix: "Leave the choice to ArchBERT, or repair it: docs/compute.md",
    });
  }
}

async function loadFirst(): Promise<ChosenBackend> {
  const passed: string[] = [];
  for (const name of names.filter((each) => backends[each].automatic)) {
    const { available, note } = backends[name].find();
    if (!available) {
      passed.push(note);
      continue;
    }
    try {
      const loaded = await backends[name].load();
      return { name, why: passed.length > 0 ? passed.join("; ") : note, ...loaded };
    } catch (error) {
      passed.push(`${name} does not load: ${reasonOf(error)}`);
    }
  }
  throw new ArchError(`no backend loads: ${passed.join("; ")}`, { fix: "Install archbert again" });
}

const loading = new Map<string, Promise<ChosenBackend>>();

/**
 * Makes a backend the one that tensors are computed on in this process. Each is loaded once; a later call only switches.
 *
 * @param name the environment variable ARCHBERT_BACKEND where left out, else the first that loads
 * @throws ArchError when there is none of that name, or it is not there or does not load
 */
export async function useBackend(name?: string): Promise<ChosenBackend> {
  const wanted = name === undefined ? asked() : backendName(name);
  const key = wanted ?? "first";
  let chosen = loading.get(key);
  const why = name === undefined ? `${chooseVariable} says so` : "asked for by name";
  if (!chosen) {
    chosen = wanted ? loadNamed(wanted, why) : loadFirst();
    loading.set(key, chosen);
    chosen.catch(() => loading.delete(key)); // What failed may be mended and tried again.
  }
  const backend = await chosen;
  await backend.tf.setBackend(backend.name);
  // It may have been loaded for another reason.
  return wanted && backend.why !== why ? { ...backend, why } : backend;
}
