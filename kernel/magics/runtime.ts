// What rewritten magics call: the global `archbertMagic` of every cell.

import { isArchitecture } from "../../archbert/graph/guard";
import { jupyterDisplay } from "../display/mime";
import type { Host } from "../host";
import { runVerb } from "../verbs/run";
import type { AnyVerb, Method, Methods, Verb } from "../verbs/verb";
import { type Help, help, magicTopic } from "./help";
import type { Around, CommandMagic, ExpressionMagic, Magic, MagicContext, Magics, VerbMagic } from "./magic";
import { showProgress } from "./progress";

/** A magic's member of the runtime. */
type Member<M> = M extends { kind: "verbs"; verbs: infer V extends VerbMagic["verbs"] }
  ? Methods<V>
  : M extends { kind: "command"; command: infer V extends CommandMagic["command"] }
    ? Method<V>
    : M extends ExpressionMagic
      ? Around
      : never;

export interface Helpers {
  /** Shows the value of a line magic that nobody uses; nothing for `undefined`. */
  show(value: unknown): Promise<void>;
  /** Shows help on a magic (`%archbert caption`) or a TypeScript name. */
  help(topic: string): Promise<void>;
}

export type RuntimeOf<M extends Magics> = { readonly [K in keyof M]: Member<M[K]> } & Helpers;

export function createRuntime<M extends Magics>(magics: M, host: Host): RuntimeOf<M> {
  const helpers: Helpers = {
    async show(value) {
      const result = await value;
      if (result !== undefined) await host.display(result);
    },
    async help(topic) {
      await host.page(topic.startsWith("%") ? magicTopic(magics, topic) : describeName(topic, host));
    },
  };
  const members = Object.entries(magics).map(([name, magic]) => [name, member(magic, magics, host)]);
  return { ...Object.fromEntries(members), ...helpers };
}

function member(magic: Magic, magics: Magics, host: Host): unknown {
  switch (magic.kind) {
    case "expression":
      return magic.around(host);
    case "command":
      return method(magic.command, magics, host);
    case "verbs":
      return Object.fromEntries(
        Object.entries(magic.verbs).map(([name, verb]) => [name, method(verb, magics, host)]),
      );
  }
}

function method(verb: AnyVerb, magics: Magics, host: Host) {
  return async (input: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const progress = showProgress(host);
    const context: MagicContext = {
      host,
      magics,
      folder: process.cwd(),
      signal: host.signal,
      onEvent: progress.onEvent,
      hint: host.hint,
    };
    const result = await runVerb(verb, input, context);
    progress.done();
    return displayable(verb, result);
  };
}

/** Lets plain data show itself the way its verb words it; what can show itself already, and networks, stay as they are. */
function displayable(verb: AnyVerb, result: unknown): unknown {
  if (typeof result !== "object" || result === null || Object.getPrototypeOf(result) !== Object.prototype)
    return result;
  if (jupyterDisplay in result || isArchitecture(result)) return result;
  const { toText } = verb as Verb;
  const value = () => ({ "text/plain": toText(result) });
  return Object.defineProperty(result, jupyterDisplay, { value });
}

function describeName(name: string, { language }: Host): Help {
  const found = language.inspect(name, name.length);
  if (found) return help(found.signature, found.documentation, "typescript");
  return help("", `Nothing here is called \`${name}\`.`);
}
