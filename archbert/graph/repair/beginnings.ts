// Where a repair begins anew when it is stuck: one plain network of each style of the language.
import { parse } from "../language/parse";
import type { Program } from "../language/program";

const styles = [
  "input 32x32x3\nstem conv 16\nstage 2 conv 16\nstage 2 conv 32 stride 2\nhead 10",
  "input 32x32x3\nstem conv 16\nstage 2 residual 16\nstage 2 residual 32 stride 2\nhead 10",
  "input 32x32x3\nstem conv 16\nstage 2 bottleneck 32\nstage 2 bottleneck 64 stride 2\nhead 10",
  "input 32x32x3\nstem conv 16\nstage 2 inverted 16 se 4\nstage 2 inverted 24 stride 2 se 4\nhead 10",
  "input 32x32x3\nstem conv 16\nstage 2 separable 24\nstage 2 separable 32 stride 2\nhead 10",
  "input 32x32x3\nstage 2 conv 16\npool max\nstage 2 conv 32\npool max\nstage 1 mlp 64\nhead 10",
  "input 32x32x3\nstem patch 32 kernel 4\nstage 4 transformer 32\nhead 10",
  "input 32x32x3\nstem conv 16\nstage 2 conv 24 stride 2\nstage 2 transformer 24\nhead 10",
  "input 32x32x3\npool average kernel 4 stride 4\nstage 2 mlp 64\nhead 10",
  "input 16\nstage 2 mlp 32\nhead 10",
  "input 16\nstage 2 transformer 16\nhead 10",
  "input 16\nhead 10",
].map((text) => parse(`${text}\n`));

/** The styles, with the head of the given program and its input where that fits; then with their own input. */
export function beginnings({ input, head }: Program): Program[] {
  const own = styles.map((style): Program => ({ ...style, head }));
  const given = own.filter((style) => style.input.kind === input.kind).map((style) => ({ ...style, input }));
  return [...given, ...own];
}
