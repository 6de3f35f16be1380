// A training on disk after each epoch, so that one that was killed goes on where it was.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { ArchError } from "../../archbert/graph/errors";
import type { Network } from "../model";
import type { Epoch } from "../trained";
import { readContainer, writeContainer } from "./container";
import type { State } from "./fit";
import type { Job } from "./protocol";
import { isEpoch, isRecord, isSize, listOf } from "./validate";

export interface Checkpoint {
  /** Null when there is none yet. @throws ArchError when it is of another training, or damaged */
  read(): State | null;
  write(state: State): void;
}

interface About {
  format: 1;
  training: string;
  history: Epoch[];
  bestEpoch: number;
  steps: number;
}

/** What makes two trainings the same: the network, the data, the settings, the backend. */
function fingerprint({ architecture, data, settings }: Job, backend: string): string {
  const hash = createHash("sha256").update(JSON.stringify([architecture, settings, backend]));
  for (const { inputs, labels, shape } of [data.training, data.validation]) {
    hash.update(shape.join());
    for (const { buffer, byteOffset, byteLength } of [inputs, labels]) {
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    }
  }
  return hash.digest("hex");
}

export function checkpointAt(file: string, job: Job, network: Network): Checkpoint {
  const training = fingerprint(job, network.backend.name);
  const sizes = network.parameters.map(({ variable }) => variable.size);
  const trained = network.parameters.flatMap(({ trainable, variable }) => (trainable ? [variable.size] : []));
  const lengths = [...sizes, ...sizes, ...trained, ...trained];
  return {
    read() {
      if (!existsSync(file)) return null;
      const { about, arrays } = readContainer(
        file,
        lengths.reduce((a, b) => a + b, 0),
      );
      if (!isAbout(about)) throw new ArchError("is no checkpoint of a training", { where: file });
      if (about.training !== training || arrays.map(({ length }) => length).join() !== lengths.join()) {
        throw new ArchError("is the checkpoint of another training", {
          where: file,
          fix: "Delete it to begin anew, or give the same network, data and options to go on",
        });
      }
      const take = (count: number) => arrays.splice(0, count);
      const [values, best] = [take(sizes.length), take(sizes.length)];
      const [first, second] = [take(trained.length), take(trained.length)];
      const { history, bestEpoch, steps } = about;
      return { history, bestEpoch, values, best, moments: { steps, first, second } };
    },

    write({ history, bestEpoch, values, best, moments: { steps, first, second } }) {
      const about: About = { format: 1, training, history, bestEpoch, steps };
      writeContainer(file, about, [...values, ...best, ...first, ...second]);
    },
  };
}

function isAbout(value: unknown): value is About {
  if (!isRecord(value)) return false;
  const { format, training, history, bestEpoch, steps } = value;
  return (
    format === 1 &&
    typeof training === "string" &&
    listOf(isEpoch)(history) &&
    isSize(bestEpoch) &&
    isSize(steps) &&
    bestEpoch <= history.length
  );
}
