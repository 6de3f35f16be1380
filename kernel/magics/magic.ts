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
  /** The verb that is meant where the first word names none: it is never named itself. */
  readonly fallback?: string;
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
  const isNamed = magic.kind === "verbs" && verb.name !== magic.fallback;
  return isNamed ? `%${magic.name} ${verb.name}` : `%${magic.name}`;
}

/** The verbs that a first word can name. */
export function namedVerbs({ verbs, fallback }: VerbMagic): Verbs {
  return Object.fromEntries(Object.entries(verbs).filter(([name]) => name !== fallback));
}

export function fallbackOf(magic: Magic): AnyVerb | undefined {
  return magic.kind === "verbs" && magic.fallback !== undefined ? magic.verbs[magic.fallback] : undefined;
}

/** The verb that the first of the words after the magic's name means, and whether that word names it. */
export function verbMeant(
  magic: VerbMagic | CommandMagic,
  first: string | undefined,
): { verb: AnyVerb | undefined; named: boolean } {
  if (magic.kind === "command") return { verb: magic.command, named: false };
  const verbs = namedVerbs(magic);
  if (first !== undefined && Object.hasOwn(verbs, first)) return { verb: verbs[first], named: true };
  return { verb: fallbackOf(magic), named: false };
}
