// Tensors that are split into a sequence only to be taken out of it again: each is a slice.
import type { FileNode } from "./file";
import type { Use } from "./known";

interface Split {
  value: string;
  axis: number;
  /** Sizes of the parts; one number where all are of that size. */
  sizes: readonly number[] | number;
}

export class Sequences {
  private readonly splits = new Map<string, Split>();

  /** Takes note of a split with sizes that are known; other nodes are none of its business. */
  note(node: FileNode, use: Use): void {
    const [value, id] = [node.inputs[0], node.outputs[0]];
    const sizes = use.numbers(1);
    if (node.op !== "SplitToSequence" || !value || !id || !sizes || sizes.some((size) => size < 1)) return;
    const scalar = use.shape(1)?.length === 0 ? sizes[0] : undefined;
    this.splits.set(id, { value, axis: use.int("axis", 0), sizes: scalar ?? sizes });
  }

  /** The slice that a node takes out of a noted split; undefined for any other node. */
  sliceOf(node: FileNode, use: Use): FileNode | undefined {
    const split = node.op === "SequenceAt" ? this.splits.get(node.inputs[0] ?? "") : undefined;
    const index = use.scalar(1);
    if (!split || index === undefined) return undefined;
    const { sizes, axis, value } = split;
    const at = index < 0 && typeof sizes !== "number" ? index + sizes.length : index;
    const size = typeof sizes === "number" ? sizes : sizes[at];
    if (at < 0 || size === undefined) return undefined;
    const start = typeof sizes === "number" ? at * sizes : sizes.slice(0, at).reduce((a, b) => a + b, 0);
    const attributes = { starts: [start], ends: [start + size], axes: [axis] };
    return { ...node, op: "Slice", domain: "", inputs: [value], attributes };
  }
}
