// A verb: one thing a user can ask for, defined once for the magic, the command line and the API.
import type { Architecture } from "../../archbert/graph/architecture";
import type { Host } from "../host";

/** What a positional word of a verb is. */
export interface ArgumentSpec {
  /**
   * "network": a variable that holds an architecture or what has one, or a model file or URL; "source": a model file or
   * URL; "places": what a network is, and lists of variables, folders, patterns; "text": any word; "sentence": words up
   * to the end, which need no quotes (only the last argument can).
   */
  readonly kind: "network" | "source" | "places" | "text" | "sentence";
  readonly summary: string;
  readonly optional?: boolean;
  /** Takes all words that are left; only the last argument can. */
  readonly many?: boolean;
  /** Words to choose from when completing; others may be given too. */
  readonly choices?: readonly string[];
}

export interface OptionSpec {
  readonly kind: "flag" | "text" | "number" | "choice" | "file";
  readonly summary: string;
  /** For "choice". */
  readonly choices?: readonly string[];
  /** Values to choose from when completing; others may be given too. */
  readonly suggestions?: () => readonly string[];
  /** One letter, for `-o`. */
  readonly short?: string;
  readonly default?: string | number | boolean;
}

export type Arguments = Readonly<Record<string, ArgumentSpec>>;
export type Options = Readonly<Record<string, OptionSpec>>;

/** A part of an operation that takes long. */
export interface ProgressEvent {
  message: string;
  done?: number;
  total?: number;
  /** Worth a line of its own where lines cannot be replaced. */
  milestone?: boolean;
}

/** What a verb may ask of whoever runs it. */
export interface VerbContext {
  /** File names are relative to it. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Of a notebook; undefined on a command line. */
  readonly host?: Host;
  onEvent(event: ProgressEvent): void;
  /** What the user is told should this be interrupted from now on: how to go on. */
  hint(text: string | undefined): void;
}

/** What "places" take, unread. */
export type Places = Architecture | string | readonly (Architecture | string)[];

type ArgumentValue<S extends ArgumentSpec, Network> = S["kind"] extends "network"
  ? Network
  : S["kind"] extends "places"
    ? Places
    : string;
type Listed<S extends ArgumentSpec, V> = S["many"] extends true ? readonly V[] : V;
type OptionValue<S extends OptionSpec> = S["kind"] extends "flag"
  ? boolean
  : S["kind"] extends "number"
    ? number
    : S["choices"] extends readonly (infer C)[]
      ? C
      : string;

type OptionalKeys<A extends Arguments> = {
  [K in keyof A]: A[K]["optional"] extends true ? K : never;
}[keyof A];

type Input<A extends Arguments, O extends Options, Network> = {
  readonly [K in Exclude<keyof A, OptionalKeys<A>>]: Listed<A[K], ArgumentValue<A[K], Network>>;
} & { readonly [K in OptionalKeys<A>]?: Listed<A[K], ArgumentValue<A[K], Network>> } & {
  readonly [K in keyof O]?: OptionValue<O[K]>;
};

/** What stands for a network: it itself, what has one (a generated candidate, a trained network), its file or URL. */
export type NetworkOrFile = Architecture | { readonly architecture: Architecture } | string;

/** What a caller gives. */
export type CallInput<A extends Arguments, O extends Options> = Input<A, O, NetworkOrFile>;

/** What `run` gets: networks read. */
export type RunInput<A extends Arguments, O extends Options> = Input<A, O, Architecture>;

/** The language that a cell's text is written in, where it has one of its own. Offsets are in that text. */
export interface BodyLanguage {
  /** The first mistake; undefined where the text is right. */
  mistake(text: string): { message: string; start: number; end: number } | undefined;
  /** The words that may stand at the end of the text; from `start` on, one may have been begun. */
  complete(before: string): { start: number; words: readonly string[] };
}

export interface Verb<
  A extends Arguments = Arguments,
  O extends Options = Options,
  R = unknown,
  C = VerbContext,
> {
  readonly name: string;
  /** One sentence without a full stop. */
  readonly summary: string;
  /** Words after the verb's name, with what they do. */
  readonly examples: readonly { readonly words: string; readonly does: string }[];
  /** In the order in which they are written. */
  readonly args: A;
  readonly options: O;
  /** The argument that a cell's text fills, for `%%archbert VERB` above it. */
  readonly body?: keyof A & string;
  readonly bodyLanguage?: BodyLanguage;
  /** The argument that names a constant: above a cell, the result is declared under it. */
  readonly declares?: keyof A & string;
  run(input: RunInput<A, O>, context: C): R | Promise<R>;
  /** For a terminal, and for a notebook where the result does not show itself. */
  toText(result: R): string;
  /** For `--json`: plain data under a documented schema (docs/cli.md). */
  toJson(result: R): unknown;
  /** Whether the result is bad news: the command line then exits with 1. */
  failed?(result: R): boolean;
  /** What `toText` tells besides the result: with `--json`, the command line writes it to stderr. */
  notes?(result: R): readonly string[];
}

/** Any verb, as the parsers see it; whoever runs it gives what its `args` and `options` ask for. */
export interface AnyVerb {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly { readonly words: string; readonly does: string }[];
  readonly args: Arguments;
  readonly options: Options;
  readonly body?: string;
  readonly bodyLanguage?: BodyLanguage;
  readonly declares?: string;
  run(input: never, context: never): unknown;
  toText(result: never): string;
  toJson(result: never): unknown;
  failed?(result: never): boolean;
  notes?(result: never): readonly string[];
}

export type Verbs = Readonly<Record<string, AnyVerb>>;

/** Writes a verb down: lets its parts be checked against one another. */
export function verb<const A extends Arguments, const O extends Options, R, C = VerbContext>(
  definition: Verb<A, O, R, C>,
): Verb<A, O, R, C> {
  return definition;
}

/** Verbs as typed methods, for the code that a magic is rewritten into. */
export type Methods<V extends Verbs> = { readonly [K in keyof V]: Method<V[K]> };
export type Method<V extends AnyVerb> = (
  input: CallInput<V["args"], V["options"]>,
) => Promise<Awaited<ReturnType<V["run"]>>>;
