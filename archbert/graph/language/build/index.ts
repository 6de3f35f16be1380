// From the syntax tree to the network: an architecture like any that an importer reads.
import type { Architecture } from "../../architecture";
import { afterLine, afterStem, asPicture, type Flow, flowOf } from "../flow";
import { format } from "../format";
import { parse } from "../parse";
import type { Line, Program, Stage, Stem } from "../program";
import type { Norm } from "../vocabulary";
import { builders } from "./blocks";
import { activate, conv, drop, linear, normalize } from "./layers";
import { type Writer, writer } from "./writer";

/** The value that flows, and what it means. */
interface Stream {
  value: string;
  flow: Flow;
  /** The normalization that is due when tokens of pre-norm blocks are used for anything else. */
  due: Norm;
}

/**
 * The network that the program means, with a symbolic batch dimension and pictures as [batch, channels, height, width].
 *
 * @param program borrowed, not changed; one made by hand or by rewriting is checked first
 * @returns plain data, owned by the caller
 * @throws ProgramError when no text could mean the program: a width beyond its bound, heads that do not divide it
 */
export function build(program: Program): Architecture {
  const { name, input, stem, body, head } = parse(format(program));
  const flow = flowOf(input);
  const shape =
    flow.kind === "picture"
      ? ["batch", flow.channels, flow.height, flow.width]
      : ["batch", input.kind === "features" ? input.features : 0];
  const w = writer({ id: input.kind === "picture" ? "image" : "features", shape, dtype: "float32" });
  let stream: Stream = { value: input.kind === "picture" ? "image" : "features", flow, due: "none" };
  if (stem) stream = stemNodes(w, stream, stem);
  let stages = 0;
  let pools = 0;
  for (const line of body) {
    w.scope = line.kind === "stage" ? `stage${++stages}` : `pool${++pools}`;
    stream = lineNodes(w, stream, line);
  }
  w.scope = "head";
  w.origin = "head";
  stream = settled(w, stream);
  let { value } = stream;
  if (head.classes !== null) {
    value = pooled(w, stream);
    value = drop(w, "dropout", value, head.dropout);
    w.scope = "";
    value = linear(w, "logits", value, head.classes);
  }
  return w.finish(name ?? "network", value);
}

function stemNodes(w: Writer, { value, flow, due }: Stream, stem: Stem): Stream {
  w.scope = "stem";
  w.origin = `stem ${stem.kind}`;
  let out: string;
  if (stem.kind === "patch") {
    const { kernel } = stem;
    out = conv(w, "patch", value, stem.width, { kernel, stride: kernel, bias: true });
  } else {
    const { width, kernel, stride, norm, activation } = stem;
    const mixed = conv(w, "conv", value, width, { kernel, stride, bias: norm === "none" });
    out = activate(w, activation, normalize(w, "norm", mixed, norm), activation);
  }
  return { value: out, flow: afterStem(flow, stem), due };
}

function lineNodes(w: Writer, from: Stream, line: Line): Stream {
  const flow = afterLine(from.flow, line);
  if (line.kind === "stage") return { ...stageNodes(w, from, line), flow };
  w.origin = `pool ${line.pool}`;
  if (line.pool === "global") return { value: pooled(w, settled(w, from)), flow, due: "none" };
  const { kernel, stride } = line;
  const attributes = { kernelSize: [kernel, kernel], strides: [stride, stride], padding: "same" };
  const op = line.pool === "max" ? "maxPool" : "averagePool";
  return { value: w.add(op, line.pool, [picture(w, from).value], attributes), flow, due: "none" };
}

function stageNodes(w: Writer, from: Stream, stage: Stage): Omit<Stream, "flow"> {
  const { scope } = w;
  w.origin = stage.block;
  const ready =
    stage.block === "transformer"
      ? tokens(w, from, stage.width)
      : stage.block === "mlp"
        ? vector(w, from)
        : picture(w, from);
  // The union of stages and their builders are one table: the compiler cannot see that they go together.
  const builder = builders[stage.block] as (w: Writer, x: string, block: Stage, stride: number) => string;
  const due: Norm = stage.block === "transformer" ? stage.norm : "none";
  let { value } = ready;
  for (let i = 1; i <= stage.repeat; i++) {
    w.scope = `${scope}.block${i}`;
    value = builder(w, value, stage, i === 1 && "stride" in stage ? stage.stride : 1);
  }
  return { value, due };
}

/** After blocks that normalize before each part, what they return is normalized once more. */
function settled(w: Writer, { value, flow, due }: Stream): Stream {
  return { value: normalize(w, "norm", value, due), flow, due: "none" };
}

/** One vector a picture: the mean over its places. */
function pooled(w: Writer, { value, flow }: Stream): string {
  if (flow.kind === "vector") return value;
  if (flow.kind === "picture") return w.add("globalAveragePool", "pool", [value], { keepDims: false });
  return w.add("reduceMean", "pool", [value], { axes: [1], keepDims: false });
}

function picture(w: Writer, from: Stream): Stream {
  if (from.flow.kind === "picture") return from;
  const { value } = settled(w, from);
  const flow = asPicture(from.flow);
  if (!flow) throw new Error("internal: no picture");
  const turned = w.add("transpose", "channels", [value], { permutation: [0, 2, 1] });
  const shape = [0, flow.channels, flow.height, flow.width];
  return { value: w.add("reshape", "picture", [turned], { shape }), flow, due: "none" };
}

function vector(w: Writer, from: Stream): Stream {
  if (from.flow.kind === "vector") return from;
  const { value, flow, due } = settled(w, from);
  return { value: w.add("flatten", "flatten", [value], { axis: 1 }), flow, due };
}

/** Tokens of the width: those of a picture or vector learn where they stand. */
function tokens(w: Writer, from: Stream, width: number): Stream {
  const { flow } = from;
  let { value } = from;
  const isFresh = flow.kind !== "tokens";
  if (flow.kind === "vector") value = w.add("unsqueeze", "tokens", [value], { axes: [2] });
  else if (flow.kind === "picture") {
    const flat = w.add("reshape", "places", [value], { shape: [0, flow.channels, flow.height * flow.width] });
    value = w.add("transpose", "tokens", [flat], { permutation: [0, 2, 1] });
  }
  const channels = flow.kind === "picture" ? flow.channels : flow.kind === "tokens" ? flow.width : 1;
  if (channels !== width) value = linear(w, "embed", settled(w, { ...from, value }).value, width);
  if (isFresh) {
    const count = w.shape(value)?.[1];
    if (typeof count !== "number") throw new Error("internal: tokens without a count");
    const size = [1, count, width];
    value = w.add("add", "positions", [value], { operandShape: size }, { weight: size });
  }
  return { value, flow, due: "none" };
}
