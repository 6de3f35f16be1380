// Telling an architecture from any other value.
import type { Architecture } from "./architecture";

/** Whether the value has the form of an Architecture; looks at its outline only, so it is cheap on any size. */
export function isArchitecture(value: unknown): value is Architecture {
  if (typeof value !== "object" || value === null) return false;
  const { version, name, format, inputs, outputs, nodes, metadata } = value as Record<string, unknown>;
  if (version !== 1 || typeof name !== "string" || typeof format !== "string") return false;
  if (!Array.isArray(inputs) || !Array.isArray(outputs) || !Array.isArray(nodes)) return false;
  if (typeof metadata !== "object" || metadata === null) return false;
  const first: unknown = nodes[0];
  if (first === undefined) return true;
  return (
    typeof first === "object" && first !== null && "op" in first && "inputs" in first && "outputs" in first
  );
}
