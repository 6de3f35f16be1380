// A graph under rewriting: who makes a value, who reads it, and replacing the node that ends a pattern.
import type { Architecture, ArchNode, Attribute, Parameter, Shape } from "../architecture";

/** What a pattern found at the node that ends it. */
export type Match =
  /** The node's output is this other value. */
  | { alias: string }
  /** One node in the place of it and those it absorbs; the absorbed go when nothing else reads them. */
  | {
      op: string;
      inputs: readonly string[];
      attributes: Record<string, Attribute>;
      absorbs: readonly ArchNode[];
      /** Of the absorbed nodes and its own, when not given. */
      parameters?: readonly Parameter[];
    };

export type Pattern = (node: ArchNode, graph: Rewriter) => Match | undefined;

export class Rewriter {
  private readonly nodes: ArchNode[];
  private readonly maker = new Map<string, ArchNode>();
  private readonly shapes = new Map<string, Shape>();
  private readonly aliases = new Map<string, string>();
  private readonly uses = new Map<string, number>();
  private readonly returned: ReadonlySet<string>;

  constructor(private readonly architecture: Architecture) {
    this.nodes = [...architecture.nodes];
    this.returned = new Set(architecture.outputs);
    for (const { id, shape } of architecture.inputs) this.shapes.set(id, shape);
    for (const node of this.nodes) this.index(node);
    for (const node of this.nodes)
      for (const id of node.inputs) this.uses.set(id, (this.uses.get(id) ?? 0) + 1);
  }

  /** The node that makes the value; undefined for the network's inputs. */
  made(id: string | undefined): ArchNode | undefined {
    return id === undefined ? undefined : this.maker.get(this.resolve(id));
  }

  /** The node that makes input `i` of the node, when it is of that op. */
  from(node: ArchNode | undefined, i: number, op?: string): ArchNode | undefined {
    const maker = this.made(node?.inputs[i]);
    return op === undefined || maker?.op === op ? maker : undefined;
  }

  shape(id: string | undefined): Shape {
    return id === undefined ? null : (this.shapes.get(this.resolve(id)) ?? null);
  }

  resolve(id: string): string {
    return this.aliases.get(id) ?? id;
  }

  /** How many inputs of nodes read the value. */
  readers(id: string): number {
    return this.uses.get(id) ?? 0;
  }

  isReturned(id: string): boolean {
    return this.returned.has(id);
  }

  /** One pass over all nodes in order, the patterns tried in turn at each. */
  run(patterns: readonly Pattern[]): void {
    this.nodes.forEach((_, i) => {
      for (const pattern of patterns) {
        const node = this.nodes[i];
        const match = node ? pattern(node, this) : undefined;
        if (!node || !match) continue;
        const output = node.outputs[0]?.id ?? "";
        if ("alias" in match) {
          if (!this.returned.has(output)) this.aliases.set(output, this.resolve(match.alias));
          continue;
        }
        const absorbed = match.absorbs.filter((item) => item !== node);
        const parameters = match.parameters ?? unique([...absorbed, node].flatMap((item) => item.parameters));
        const hasUnknown = [...absorbed, node].some(({ attributes }) => attributes.unknownWeights === true);
        const ops = [...absorbed, node].flatMap((item) => item.source.ops);
        const fused: ArchNode = {
          ...node,
          op: match.op,
          inputs: match.inputs.map((id) => this.resolve(id)),
          attributes: hasUnknown ? { ...match.attributes, unknownWeights: true } : match.attributes,
          parameters,
          source: { name: node.source.name, ops },
        };
        this.nodes[i] = fused;
        this.index(fused);
      }
    });
  }

  /** The rewritten graph, without what nothing reads any more. */
  result(): Architecture {
    const wanted = new Set(this.architecture.outputs);
    const kept: ArchNode[] = [];
    for (let i = this.nodes.length - 1; i >= 0; i--) {
      const node = this.nodes[i];
      if (!node?.outputs.some(({ id }) => wanted.has(id))) continue;
      const inputs = node.inputs.map((id) => this.resolve(id));
      for (const id of inputs) wanted.add(id);
      kept.push({ ...node, inputs });
    }
    return { ...this.architecture, nodes: kept.reverse() };
  }

  private index(node: ArchNode): void {
    for (const { id, shape } of node.outputs) {
      this.maker.set(id, node);
      this.shapes.set(id, shape);
    }
  }
}

function unique(parameters: readonly Parameter[]): Parameter[] {
  return [...new Map(parameters.map((item) => [item.name, item])).values()];
}

/** The number a node's constant operand is, when it has one. */
export function scalar(node: ArchNode | undefined): number | undefined {
  const value = node?.attributes.operand;
  return typeof value === "number" ? value : undefined;
}

/** Equal up to what 16-bit floats lose. */
export function near(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) <= Math.abs(b) * 2e-3 + 1e-9;
}

/** Past casts, dropout and the like, which change no numbers that matter here. */
export function behind(graph: Rewriter, id: string | undefined): string | undefined {
  let at = id === undefined ? undefined : graph.resolve(id);
  for (let i = 0; i < 8; i++) {
    const node = graph.made(at);
    if (!node || !["cast", "dropout", "identity"].includes(node.op)) return at;
    at = node.inputs[0] === undefined ? undefined : graph.resolve(node.inputs[0]);
  }
  return at;
}
