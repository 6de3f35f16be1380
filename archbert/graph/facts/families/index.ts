// Families by signature: what a network must have, and must not have, to be called one.
import type { Evidence } from "../conditions";
import type { Family } from "../index";
import { sequence } from "./sequence";
import { vision } from "./vision";

const signatures = [...vision, ...sequence];

/** The family whose signature holds; null when none does, or two do equally. */
export function familyOf(evidence: Evidence): Family | null {
  const matches = signatures
    .filter(({ needs }) => needs.every((condition) => condition(evidence)))
    .map(({ name, confidence }) => ({ name, confidence }))
    .sort((a, b) => b.confidence - a.confidence);
  const [best, ...alternatives] = matches;
  if (!best || alternatives[0]?.confidence === best.confidence) return null;
  return { ...best, alternatives };
}
