// One form for what exporters write in many: fused activations, norms, attention; layers with their biases.
import type { Architecture } from "../architecture";
import { activations } from "./activations";
import { attention } from "./attention";
import { layers } from "./layers";
import { norms } from "./norms";
import { pictures } from "./pictures";
import { positions } from "./positions";
import { Rewriter } from "./rewriter";

export { canonicalHash } from "./hash";

/**
 * The same network with each broken-up pattern as the one op it stands for. Every pattern is proved from structure and
 * numbers; what only looks alike stays as it is. Runs until nothing changes; applying it twice changes nothing.
 */
export function canonicalize(architecture: Architecture): Architecture {
  let result = architecture;
  for (let round = 0; round < 3; round++) {
    const graph = new Rewriter(result);
    graph.run([...layers, ...pictures, ...norms, ...activations, ...positions]);
    const next = graph.result();
    const settled = next.nodes.length === result.nodes.length;
    result = next;
    if (settled) break;
  }
  const graph = new Rewriter(result);
  graph.run(attention);
  return graph.result();
}
