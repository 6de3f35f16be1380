// The blocks of the language as nodes. To add a kind: an entry in `blocks` of ../vocabulary.ts, and a function here.
import type { StageOf } from "../program";
import type { Activation, BlockName, Norm } from "../vocabulary";
import { activate, conv, drop, gate, linear, normalize, widthOf } from "./layers";
import type { Writer } from "./writer";

/** A block of a stage; `stride` is the stage's for its first block, and 1 for the others. */
type Builder<K extends BlockName> = (w: Writer, x: string, block: StageOf<K>, stride: number) => string;

interface Unit {
  kernel?: number;
  stride?: number;
  groups?: number;
  norm: Norm;
  /** Nothing follows the normalization where not given. */
  activation?: Activation;
}

/** Convolution, normalization, activation. */
function unit(
  w: Writer,
  name: string,
  x: string,
  width: number,
  { norm, activation, ...options }: Unit,
): string {
  const mixed = conv(w, name, x, width, { ...options, bias: norm === "none" });
  const normed = normalize(w, `${name}.norm`, mixed, norm);
  return activation === undefined ? normed : activate(w, `${name}.${activation}`, normed, activation);
}

/** The sum with what came in, projected where stride or width change, and an activation after it. */
function sum(
  w: Writer,
  x: string,
  main: string,
  { width, norm, activation }: { width: number; norm: Norm; activation: Activation },
  stride: number,
): string {
  const changes = stride !== 1 || widthOf(w, x) !== width;
  const shortcut = changes ? unit(w, "shortcut", x, width, { stride, norm }) : x;
  return activate(w, activation, w.add("add", "add", [main, shortcut]), activation);
}

export const builders: { readonly [K in BlockName]: Builder<K> } = {
  conv(w, x, { width, kernel, groups, se, norm, activation, dropout }, stride) {
    const mixed = unit(w, "conv", x, width, { kernel, stride, groups, norm, activation });
    return drop(w, "dropout", gate(w, "se", mixed, se), dropout);
  },

  residual(w, x, block, stride) {
    const { width, kernel, se, norm, activation, dropout } = block;
    const first = unit(w, "conv1", x, width, { kernel, stride, norm, activation });
    const second = unit(w, "conv2", first, width, { kernel, norm });
    const main = drop(w, "dropout", gate(w, "se", second, se), dropout);
    return sum(w, x, main, block, stride);
  },

  bottleneck(w, x, block, stride) {
    const { width, kernel, expansion, groups, se, norm, activation, dropout } = block;
    const inner = groups * Math.ceil(width / (expansion * groups));
    const narrow = unit(w, "reduce", x, inner, { norm, activation });
    const mixed = unit(w, "conv", narrow, inner, { kernel, stride, groups, norm, activation });
    const wide = unit(w, "expand", mixed, width, { norm });
    const main = drop(w, "dropout", gate(w, "se", wide, se), dropout);
    return sum(w, x, main, block, stride);
  },

  inverted(w, x, { width, kernel, expansion, se, norm, activation, dropout }, stride) {
    const from = widthOf(w, x);
    const inner = from * expansion;
    const wide = expansion === 1 ? x : unit(w, "expand", x, inner, { norm, activation });
    const mixed = unit(w, "depthwise", wide, inner, { kernel, stride, groups: inner, norm, activation });
    const narrow = unit(w, "project", gate(w, "se", mixed, se), width, { norm });
    const main = drop(w, "dropout", narrow, dropout);
    return stride === 1 && from === width ? w.add("add", "add", [main, x]) : main;
  },

  separable(w, x, { width, kernel, se, norm, activation, dropout }, stride) {
    const from = widthOf(w, x);
    const mixed = unit(w, "depthwise", x, from, { kernel, stride, groups: from, norm, activation });
    const out = unit(w, "pointwise", gate(w, "se", mixed, se), width, { norm, activation });
    return drop(w, "dropout", out, dropout);
  },

  mlp(w, x, { width, norm, activation, dropout }) {
    const mixed = linear(w, "linear", x, width, norm === "none");
    const normed = normalize(w, "norm", mixed, norm);
    return drop(w, "dropout", activate(w, activation, normed, activation), dropout);
  },

  /** Normalization before each part (pre-norm), as in ViT. */
  transformer(w, x, { width, heads, expansion, norm, activation, dropout }) {
    const before = normalize(w, "norm1", x, norm);
    const [query, key, value] = (["query", "key", "value"] as const).map((name) =>
      linear(w, name, before, width),
    );
    if (!query || !key || !value) throw new Error("internal: attention without its inputs");
    const attributes = { heads, headSize: width / heads, layout: "joined", causal: false };
    const seen = w.add("attention", "attention", [query, key, value], attributes);
    const mixed = drop(w, "dropout1", linear(w, "out", seen, width), dropout);
    const middle = w.add("add", "add1", [mixed, x]);
    const wide = linear(w, "expand", normalize(w, "norm2", middle, norm), width * expansion);
    const narrow = linear(w, "reduce", activate(w, activation, wide, activation), width);
    return w.add("add", "add2", [drop(w, "dropout2", narrow, dropout), middle]);
  },
};
