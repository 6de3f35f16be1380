// A study in this process, gone with it.
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { isFinished, type Trial } from "../trial";
import { type Final, isGone, type Lease, type Storage, type StudyConfig, type Worker } from "./storage";

interface Entry {
  trial: Trial;
  token: string | null;
  worker: Worker | null;
  leaseUntil: number;
}

interface State {
  config: StudyConfig | undefined;
  entries: Entry[];
  final: Final | undefined;
  finalWorker: { worker: Worker; leaseUntil: number } | undefined;
}

/** Each storage is a study of its own, unless it is given another's state. */
export function memoryStorage(
  state: State = { config: undefined, entries: [], final: undefined, finalWorker: undefined },
): Storage {
  const free = (worker: Worker | null, leaseUntil: number) =>
    worker === null || leaseUntil < Date.now() || isGone(worker, hostname());
  const leased = (token: string) => state.entries.find((entry) => entry.token === token);
  const change = (entry: Entry, changed: Partial<Trial>) => {
    entry.trial = { ...entry.trial, ...changed };
    if (entry.trial.state === "running") return;
    entry.token = null;
    entry.worker = null;
  };
  return {
    file: null,
    async open(config) {
      state.config ??= config;
      return state.config;
    },
    async trials() {
      return state.entries.map(({ trial }) => trial);
    },
    async add(trial) {
      if (state.final?.test || trial.number !== state.entries.length) return false;
      if (state.entries.some((entry) => entry.trial.program === trial.program)) return false;
      const fresh = { values: null, intermediateValues: [], reason: null, attempts: 0 };
      state.entries.push({
        trial: { ...trial, ...fresh, state: "queued" },
        token: null,
        worker: null,
        leaseUntil: 0,
      });
      return true;
    },
    async claim(worker, leaseMs): Promise<Lease | undefined> {
      const entry = state.entries.find(
        ({ trial, worker, leaseUntil }) => !isFinished(trial) && free(worker, leaseUntil),
      );
      if (!entry) return undefined;
      const token = randomUUID();
      Object.assign(entry, { token, worker, leaseUntil: Date.now() + leaseMs });
      change(entry, { state: "running", intermediateValues: [], attempts: entry.trial.attempts + 1 });
      return { trial: entry.trial, token };
    },
    async heartbeat(token, leaseMs) {
      const entry = leased(token);
      if (entry) entry.leaseUntil = Date.now() + leaseMs;
      return entry !== undefined;
    },
    async report(token, accuracy) {
      const entry = leased(token);
      if (entry) change(entry, { intermediateValues: [...entry.trial.intermediateValues, accuracy] });
    },
    async finish(token, outcome) {
      const entry = leased(token);
      if (entry) change(entry, outcome);
      return entry !== undefined;
    },
    async release(token, { counts }) {
      const entry = leased(token);
      if (entry)
        change(entry, {
          state: "queued",
          intermediateValues: [],
          attempts: entry.trial.attempts - (counts ? 0 : 1),
        });
    },
    async final() {
      return state.final;
    },
    async setFinal(final) {
      if (state.final?.test) return false;
      state.final = final;
      return true;
    },
    async claimFinal(worker, leaseMs) {
      const { finalWorker: other } = state;
      if (other && other.worker.run !== worker.run && !free(other.worker, other.leaseUntil)) return false;
      state.finalWorker = { worker, leaseUntil: Date.now() + leaseMs };
      return true;
    },
    dispose() {},
  };
}
