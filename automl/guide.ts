// What ArchBERT contributes to a search: it reads the prompt, writes programs for it, and says how well a network fits it.
import type { ArchBert } from "../archbert";
import type { Claim, Known } from "../archbert/graph/claims";
import type { Program } from "../archbert/graph/language";

/** What was understood of a prompt, and which parts of it were not. */
export interface Reading {
  claims: readonly Claim[];
  notUnderstood: readonly string[];
}

/** A network and the one text that it has. */
export interface Named {
  text: string;
  known: Known;
}

export interface Guide {
  /** What a prompt says. */
  read(prompt: string): Promise<Reading>;
  /** Programs written for the prompt. */
  write(prompt: string, options: { samples: number; seed: number }): Promise<readonly Program[]>;
  /** How well each network fits the prompt; only the order counts. */
  fit(prompt: string, networks: readonly Named[]): Promise<readonly number[]>;
}

/**
 * ArchBERT as a guide, its model loaded when first asked.
 *
 * @param model another than the package's own
 */
export function archbertGuide({ model, signal }: { model?: ArchBert; signal?: AbortSignal } = {}): Guide {
  const archbert = () => import("../archbert/index.js");
  const vectors = new Map<string, Float32Array>();
  return {
    async read(prompt) {
      const { wish } = await archbert();
      return wish(prompt, { model, signal });
    },
    async write(prompt, { samples, seed }) {
      const { wish } = await archbert();
      return (await wish(prompt, { model, signal, samples, seed })).programs;
    },
    async fit(prompt, networks) {
      const { modelFor, cosine } = await archbert();
      const loaded = await modelFor({ model, signal });
      const target = await loaded.embedText(prompt);
      const scores: number[] = [];
      for (const { text, known } of networks) {
        signal?.throwIfAborted();
        const vector = vectors.get(text) ?? (await loaded.embed(known));
        vectors.set(text, vector);
        scores.push(cosine(vector, target));
      }
      return scores;
    },
  };
}
