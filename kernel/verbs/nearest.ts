// A word about a mistyped name.
import { nearest } from "../../archbert/graph/nearest";

/** ` Did you mean caption?`, or the choices where nothing is near. */
export function suggestion(word: string, names: readonly string[], prefix = ""): string {
  const near = nearest(word, names);
  if (near) return ` Did you mean ${prefix}${near}?`;
  return names.length > 0 ? ` Choose from ${names.map((name) => prefix + name).join(", ")}.` : "";
}
