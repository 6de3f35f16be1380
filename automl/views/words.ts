// Programs, origins and states in a few words.
import { spaced } from "../../archbert/views";
import type { Origin, Trial } from "../trial";

/** "conv 16 · 2×residual 32 /2": what tells a program from others for the same data. */
export function shortProgram(program: string): string {
  return program
    .trim()
    .split(/\s*\n\s*/)
    .filter((line) => !/^input /.test(line))
    .map((line) =>
      line
        .replace(/^head \S+ ?/, "")
        .replace(/^stem /, "")
        .replace(/^stage (\d+) /, "$1×")
        .replace(/ stride (\d+)/, " /$1"),
    )
    .filter((line) => line !== "")
    .join(" · ");
}

/** "widen of trial 3". */
export function originText({ how, mutation, parent }: Origin): string {
  const words: Record<Origin["how"], string> = {
    default: "first guess",
    written: "written by ArchBERT",
    random: "random",
    mutation: `${spaced(mutation ?? "mutation")} of trial ${parent ?? "?"}`,
  };
  return words[how];
}

/** "97.5 %"; accuracies are told to a tenth. */
export const accuracyText = (accuracy: number): string => `${(100 * accuracy).toFixed(1)} %`;

export function stateText({ state, reason }: Pick<Trial, "state" | "reason">): string {
  return reason === null ? state : `${state}: ${reason}`;
}

/** "1:05"; "2:03:05" from an hour on. */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
