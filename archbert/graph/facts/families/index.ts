// Families by signature: what a network must have, and must not have, to be called one.
import type { Condition, Evidence } from "../conditions";
import type { Family } from "../index";
import { sequence } from "./sequence";
import { vision } from "./vision";

const signatures = [...vision, ...sequence];

/** Others that are named beside a family. */
const mostAlternatives = 2;
/** Of what a signature asks to be there, the share and the number that must be. */
const [nearShare, nearMarks] = [0.6, 2];

const marksOf = (needs: readonly Condition[]) => needs.filter(({ negative }) => !negative).length;

/** The family whose signature holds; null when none does, or two do equally. Beside it, those that come nearest. */
export function familyOf(evidence: Evidence): Family | null {
  const asked = signatures.map(({ name, confidence, needs }) => {
    const held = needs.filter((condition) => condition(evidence));
    const holds = held.length === needs.length;
    return { name, confidence, holds, needs: needs.length, marks: marksOf(needs), found: marksOf(held) };
  });
  const matches = asked.filter(({ holds }) => holds).sort((a, b) => b.confidence - a.confidence);
  const [best, second] = matches;
  if (!best || (second?.confidence === best.confidence && second.name !== best.name)) return null;
  const others = new Map<string, number>();
  for (const { name, confidence, needs, marks, found } of asked) {
    if (name === best.name || found < nearMarks || found < nearShare * marks) continue;
    others.set(name, Math.max(others.get(name) ?? 0, (confidence * found) / needs));
  }
  const alternatives = [...others]
    .map(([name, likeness]) => ({ name, confidence: Number(likeness.toFixed(2)) }))
    .filter(({ confidence }) => confidence >= 0.5)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, mostAlternatives);
  return { name: best.name, confidence: best.confidence, alternatives };
}
