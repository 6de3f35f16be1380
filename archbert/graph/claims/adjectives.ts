// Vague words with a stated meaning: a table to argue with.
import type { Adjective, Claim, Quantity, Relation } from "./claim";

interface Meaning {
  /** What must hold. */
  claim: Extract<Claim, { kind: "number" }>;
  /** The same for people. */
  told: string;
}

function meaning(quantity: Quantity, relation: Relation, value: number, told: string): Meaning {
  const claim = { kind: "number", quantity, stage: null, relation, amount: { value, tolerance: 0 } } as const;
  return { claim, told };
}

export const adjectiveMeanings: Record<Adjective, Meaning> = {
  tiny: meaning("parameters", "<", 1e5, "fewer than 100,000 parameters"),
  small: meaning("parameters", "<", 1e6, "fewer than a million parameters"),
  large: meaning("parameters", ">", 25e6, "more than 25 million parameters"),
  deep: meaning("depth", ">=", 20, "at least 20 layers with weights on the longest path"),
  shallow: meaning("depth", "<=", 8, "at most 8 layers with weights on the longest path"),
  wide: meaning("widest", ">=", 512, "a layer of at least 512 channels or features"),
  narrow: meaning("widest", "<=", 64, "no layer of more than 64 channels or features"),
  cheap: meaning("multiplyAdds", "<", 1e8, "fewer than 100 million multiply-adds for one input"),
};
