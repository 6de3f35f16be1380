// A part of a network as a network of its own.
import type { Architecture, Value } from "../architecture";
import type { Span } from "./repeats";

/** The nodes of a span: what they read from outside becomes inputs, what is read outside becomes outputs. */
export function partOf(architecture: Architecture, { start, end }: Span, name: string): Architecture {
  const nodes = architecture.nodes.slice(start, end);
  const made = new Set(nodes.flatMap(({ outputs }) => outputs.map(({ id }) => id)));
  const outside = [...architecture.nodes.slice(0, start), ...architecture.nodes.slice(end)];
  const used = new Set([...outside.flatMap(({ inputs }) => inputs), ...architecture.outputs]);
  const values = new Map<string, Value>(
    [...architecture.inputs, ...outside.flatMap(({ outputs }) => outputs)].map((value) => [value.id, value]),
  );
  const read = new Set(nodes.flatMap(({ inputs }) => inputs).filter((id) => !made.has(id)));
  return {
    ...architecture,
    name,
    nodes,
    inputs: [...read].flatMap((id) => values.get(id) ?? []),
    outputs: [...made].filter((id) => used.has(id)),
  };
}
