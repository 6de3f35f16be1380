// Blocks without attention or convolution: layers over tokens, then over channels, as in MLP-Mixer.
import type { Residual } from "./residuals";
import { holdsWeights, role, type View } from "./view";

const recurrent = ["lstm", "gru", "rnn"];
const layers = ["linear", ...recurrent];
/** Products of two computed values: attention, also in a form that was not recognized. */
const crossing = ["attention", "matmul", "einsum", "softmax"];

export interface Mixer {
  nodes: number[];
  end: number;
  /** Both parts are two layers with an activation between, as in MLP-Mixer; ResMLP and gMLP mix tokens otherwise. */
  plain: boolean;
}

export function mixers(graph: View, sums: readonly Residual[]): Mixer[] {
  const found: Mixer[] = [];
  sums.forEach((sum, k) => {
    if (!mixesTokens(graph, sum) && !recurs(graph, sum)) return;
    const next = sums[k + 1];
    const pair = next !== undefined && next.at === sum.add && isFeedForward(graph, next) ? next : undefined;
    const parts = pair ? [sum, pair] : [sum];
    found.push({
      nodes: parts.flatMap(({ main, shortcut, add }) => [...main, ...shortcut, add]),
      end: (pair ?? sum).add,
      plain: pair !== undefined && parts.every((part) => isPerceptron(graph, part)),
    });
  });
  return found;
}

const nodesOf = (graph: View, { main }: Residual) => main.flatMap((i) => graph.nodes[i] ?? []);

/** Linear layers between two transpositions of the tokens' axis with the channels'. */
function mixesTokens(graph: View, sum: Residual): boolean {
  const nodes = nodesOf(graph, sum);
  const turns = nodes.flatMap(({ op }, i) => (op === "transpose" ? [i] : []));
  const [first, last] = [turns[0] ?? -1, turns.at(-1) ?? -1];
  return (
    isLinear(graph, sum) && turns.length >= 2 && nodes.slice(first, last).some(({ op }) => op === "linear")
  );
}

/** Recurrent layers over the tokens, as in Sequencer. */
function recurs(graph: View, sum: Residual): boolean {
  return nodesOf(graph, sum).some(({ op }) => recurrent.includes(op)) && isLinear(graph, sum);
}

function isFeedForward(graph: View, sum: Residual): boolean {
  const nodes = nodesOf(graph, sum);
  return isLinear(graph, sum) && nodes.every(({ op }) => op !== "transpose");
}

function isLinear(graph: View, sum: Residual): boolean {
  return nodesOf(graph, sum).every((node) =>
    holdsWeights(node) ? layers.includes(node.op) : !crossing.includes(node.op),
  );
}

function isPerceptron(graph: View, sum: Residual): boolean {
  const nodes = nodesOf(graph, sum);
  const count = nodes.filter(({ op }) => op === "linear").length;
  const activations = nodes.filter((node) => role(node) === "activation").length;
  return count === 2 && activations === 1 && nodes.every(({ op }) => op !== "mul");
}
