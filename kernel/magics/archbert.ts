// %archbert: the product's verbs.
import { verbs } from "../verbs";
import type { VerbMagic } from "./magic";

export const archbert = {
  kind: "verbs",
  name: "archbert",
  summary: "reads networks, says what they are, draws, compares, finds, writes and trains them",
  verbs,
} satisfies VerbMagic;
