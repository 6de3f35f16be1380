// An architecture in a few sentences, each claim with its evidence.

export interface Claim {
  text: string;
  verdict: "proved" | "refuted" | "unchecked";
  /** Ids of the nodes that prove or refute it. */
  nodes: string[];
}

export interface Caption {
  text: string;
  claims: Claim[];
}
