// What each node holds and costs: the rows behind the totals of the facts.
import type { Architecture } from "../architecture";
import { multiplyAddsOf, parametersByNode } from "./cost";
import type { FactsOptions } from "./index";
import { view } from "./view";

export interface NodeCost {
  /** Learned numbers; what several nodes share counts at the first of them. */
  parameters: number;
  /** Whether there may be more of them: see `Facts.unknownWeights`. */
  unknownWeights: boolean;
  /** Null where it depends on a shape or a weight that is not known. */
  multiplyAdds: number | null;
}

/** One entry a node, in order; they add up to the facts' `parameters` and `multiplyAdds`. */
export function costs(architecture: Architecture, { sizes = {} }: FactsOptions = {}): NodeCost[] {
  const graph = view(architecture);
  return parametersByNode(architecture).map(({ parameters }, i) => ({
    parameters,
    unknownWeights: architecture.nodes[i]?.attributes.unknownWeights === true,
    multiplyAdds: multiplyAddsOf(graph, i, sizes),
  }));
}

/** Of several nodes together; null where one of them is not known. */
export function sumOfCosts(each: readonly NodeCost[]): NodeCost {
  const sum: NodeCost = { parameters: 0, unknownWeights: false, multiplyAdds: 0 };
  for (const { parameters, unknownWeights, multiplyAdds } of each) {
    sum.parameters += parameters;
    sum.unknownWeights ||= unknownWeights;
    sum.multiplyAdds =
      sum.multiplyAdds === null || multiplyAdds === null ? null : sum.multiplyAdds + multiplyAdds;
  }
  return sum;
}
