// Strategies by name.
import { archbert } from "./archbert";
import { local } from "./local";
import { random } from "./random";
import type { Strategy } from "./strategy";

export type { Candidate, Context, Strategy } from "./strategy";

/** Add a strategy: one file, one line here. */
export const strategies = { archbert, random, local } satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof strategies;
export const strategyNames = Object.keys(strategies) as StrategyName[];
