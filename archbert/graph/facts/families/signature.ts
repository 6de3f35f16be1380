// What a family is told by.
import type { Condition } from "../conditions";

export interface Signature {
  name: string;
  /** All must hold. */
  needs: readonly Condition[];
  /** How sure one may be when they do; 1 where nothing else is built so. */
  confidence: number;
}
