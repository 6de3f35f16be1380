// %lsmagic: the magics there are.
import { verb } from "../verbs/verb";
import { type Help, overview } from "./help";
import type { CommandMagic, MagicContext } from "./magic";

export const lsmagic = {
  kind: "command",
  name: "lsmagic",
  summary: "lists the magics",
  command: verb({
    name: "lsmagic",
    summary: "lists the magics",
    examples: [],
    args: {},
    options: {},
    run: (_input: object, { magics }: MagicContext): Help => overview(magics),
    // Not `String` itself: its parameter is any, and so would the result be.
    toText: (result) => String(result),
    toJson: ({ documentation }) => documentation,
  }),
} satisfies CommandMagic;
