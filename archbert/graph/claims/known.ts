// A network with all that claims ask of it, each computed when first asked and kept.
import type { Architecture } from "../architecture";
import { type Facts, lazyFacts } from "../facts";
import { type View, view } from "../facts/view";
import type { Quantity, Thing, Type } from "./claim";
import { type Measure, quantities } from "./quantities";
import { occurrencesOf } from "./things";
import { typeOf } from "./types";

export interface Known {
  readonly architecture: Architecture;
  /** Each of them computed when it is first read. */
  readonly facts: Readonly<Facts>;
  readonly graph: View;
  /** Null where nothing in it works. */
  readonly type: Type | null;
  /** Ids of the nodes that prove the thing, one list an occurrence. */
  occurrences(thing: Thing): readonly (readonly string[])[];
  /** @param stage for quantities of one stage: from 1, and 0 or null for the last */
  measure(quantity: Quantity, stage?: number | null): Measure;
}

/**
 * What claims are checked against. Costs nothing until something is asked.
 *
 * @param architecture borrowed; must not change while this is in use
 */
export function know(architecture: Architecture): Known {
  const things = new Map<Thing, readonly (readonly string[])[]>();
  const measures = new Map<string, Measure>();
  const graph = once(() => view(architecture));
  const facts = once(() => lazyFacts(architecture, graph()));
  const type = once(() => typeOf(known));
  const known: Known = {
    architecture,
    get facts() {
      return facts();
    },
    get graph() {
      return graph();
    },
    get type() {
      return type();
    },
    occurrences: (thing) => keep(things, thing, () => occurrencesOf(thing, known)),
    measure: (quantity, stage = null) =>
      keep(measures, `${quantity} ${stage ?? 0}`, () => quantities[quantity](known, stage ?? 0)),
  };
  return known;
}

function once<T>(compute: () => T): () => T {
  let kept: { value: T } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}

function keep<K, V>(map: Map<K, V>, key: K, compute: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const value = compute();
  map.set(key, value);
  return value;
}
