// What earlier cells have declared, read from their declarations.
import type { Variable } from "../language";
export function variablesOf(_declarations: string): Variable[] {
  return [];
}
