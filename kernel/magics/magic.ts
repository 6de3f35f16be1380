// What a magic is: a name after `%`, and what stands behind it.

import type { Host } from "../host";
import type { AnyVerb, VerbContext, Verbs } from "../verbs/verb";

/** What the commands of magics may ask for, besides what any verb may. */
export interface MagicContext extends VerbContext {
  readonly host: Host;
  readonly magics: Magics;
}

/** `%archbert caption net`: verbs under one name. */
export interface VerbMagic {
  readonly kind: "verbs";
  readonly name: string;
  readonly summary: string;
  readonly verbs: Verbs;
}

/** `%lsmagic`: a verb by itself. */
export interface CommandMagic {
  readonly kind: "command";
  readonly name: string;
  readonly summary: string;
  readonly command: AnyVerb;
}

/** What an expression magic does around the code it is given. */
export interface Around {
  begin(): unknown;
  /** @param begun what `begin` returned */
  end<T>(begun: unknown, value: T): Promise<Awaited<T>>;
  /** The same around a cell; `endCell` gets the value of its last expression, where it has one. */
  beginCell(): void;
  endCell(): Promise<void>;
  endCell<T>(value: T): Promise<Awaited<T>>;
}

/** `%time f(x)` and `%%time`: what follows is TypeScript. */
export interface ExpressionMagic {
  readonly kind: "expression";
  readonly name: string;
  readonly summary: string;
  readonly examples: AnyVerb["examples"];
  around(host: Host): Around;
}

export type Magic = VerbMagic | CommandMagic | ExpressionMagic;
export type Magics = Readonly<Record<string, Magic>>;

/** How a verb's usage begins: `%archbert caption`. */
export function verbPath(magic: VerbMagic | CommandMagic, verb: AnyVerb): string {
  return magic.kind === "verbs" ? `%${magic.name} ${verb.name}` : `%${magic.name}`;
}
