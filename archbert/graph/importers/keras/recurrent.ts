// Recurrent layers: as the vocabulary has them, with the steps first and the directions second.
import type { Parameter } from "../../architecture";
import { type Json, list, object, text } from "../json";
import type { Tensor } from "../writer";
import type { LayerCall } from "./call";
import { custom } from "./features";

const cells: Record<string, { op: "lstm" | "gru" | "rnn"; gates: number }> = {
  LSTM: { op: "lstm", gates: 4 },
  CuDNNLSTM: { op: "lstm", gates: 4 },
  GRU: { op: "gru", gates: 3 },
  CuDNNGRU: { op: "gru", gates: 3 },
  SimpleRNN: { op: "rnn", gates: 1 },
};

interface Cell {
  kind: string;
  config: Json;
}

/** Undefined for a cell of the user's own. */
function cellOf(kind: string, config: Json): Cell | undefined {
  const name = kind.replace(/Cell$/, "");
  return Object.hasOwn(cells, name) ? { kind: name, config } : undefined;
}

function weightsOf(
  call: LayerCall,
  { kind, config }: Cell,
  width: number | undefined,
  prefix: string,
): Parameter[] {
  const gates = cells[kind]?.gates ?? 1;
  const units = Number(config.units);
  const columns = gates * units;
  const isGru = gates === 3;
  const twice = kind.startsWith("CuDNN") || (isGru && config.reset_after === true);
  return [
    ...call.weight(`${prefix}kernel`, [width, columns]),
    ...call.weight(`${prefix}recurrent_kernel`, [units, columns]),
    ...(config.use_bias === false ? [] : call.weight(`${prefix}bias`, twice ? [2, columns] : [columns])),
  ];
}

/** All states [steps, directions, batch, units], and the last ones [directions, batch, units]. */
function run(
  call: LayerCall,
  input: Tensor,
  cell: Cell,
  directions: readonly string[],
  part: string,
): Tensor[] {
  const units = cell.config.units;
  if (typeof units !== "number" || !Number.isSafeInteger(units) || units < 1)
    throw call.error('has no usable "units"');
  const { op } = cells[cell.kind] ?? { op: "rnn" as const };
  const steps = call.add(
    "transpose",
    [call.writer.plain(input)],
    { permutation: [1, 0, 2] },
    { part: `${part}steps` },
  );
  const inputSize = call.width(input);
  const parameters = directions.flatMap((prefix) => weightsOf(call, cell, inputSize, prefix));
  const attributes = {
    ...call.unknownWeights(),
    hiddenSize: units,
    inputSize,
    directions: directions.length,
    reversed: cell.config.go_backwards === true || undefined,
  };
  const states = call.use.inputs
    .slice(1)
    .map((state, i) => call.add("unsqueeze", [state], { axes: [0] }, { part: `${part}state${i}` }));
  const outputs = op === "lstm" ? 3 : 2;
  return call.writer.addAll(
    op,
    part === "" ? call.use.id : `${call.use.id}/${part.replace(/\/$/, "")}`,
    [steps, ...states],
    attributes,
    { parameters, outputs, moved: false },
  );
}

/** Of one direction: the sequence of states, or the last one, and the states asked for. */
function oneWay(
  call: LayerCall,
  input: Tensor,
  cell: Cell,
  { sequences, part = "" }: { sequences: boolean; part?: string },
): Tensor[] {
  const [all, ...last] = run(call, input, cell, [part], part);
  const squeezed = last.map(
    (state, i) => () =>
      call.add("squeeze", [state], { axes: [0] }, { part: `${part}last${i}`, moved: false }),
  );
  const states = cell.config.return_state === true ? squeezed.map((make) => make()) : [];
  if (!sequences || !all) return [states[0] ?? squeezed[0]?.() ?? input, ...states];
  const flat = call.add("squeeze", [all], { axes: [1] }, { part: `${part}states`, moved: false });
  return [call.add("transpose", [flat], { permutation: [1, 0, 2] }, { part: `${part}sequence` }), ...states];
}

export function recurrent(call: LayerCall): Tensor[] {
  const cell = cellOf(call.kind, call.config);
  if (!cell) return [custom(call)];
  return oneWay(call, call.input(), cell, { sequences: call.flag("return_sequences", false) });
}

/** `RNN(cell)`, and cells stacked on each other. */
export function cellular(call: LayerCall): Tensor[] {
  const outer = call.inner("cell");
  const items =
    outer.class_name === "StackedRNNCells" ? list(object(outer.config).cells).map(object) : [outer];
  const found = items.map((item) => cellOf(text(item.class_name), object(item.config)));
  let tensors = [call.input()];
  for (const [i, cell] of found.entries()) {
    if (!cell || !tensors[0]) return [custom(call)];
    const isLast = i === found.length - 1;
    const config = { ...cell.config, return_state: isLast && call.flag("return_state", false) };
    const part = found.length > 1 ? `cell${i + 1}/` : "";
    const sequences = !isLast || call.flag("return_sequences", false);
    tensors = oneWay(call, tensors[0], { ...cell, config }, { sequences, part });
  }
  return tensors;
}

export function bidirectional(call: LayerCall): Tensor[] {
  const layer = call.inner("layer");
  const cell = cellOf(text(layer.class_name), object(layer.config));
  if (!cell) return [custom(call)];
  const [all, last] = run(call, call.input(), cell, ["forward/", "backward/"], "");
  const sequences = object(layer.config).return_sequences === true;
  const merge = call.config.merge_mode;
  const from = sequences ? all : last;
  if (!from) return [custom(call)];
  const axis = sequences ? 1 : 0;
  if (merge === "sum" || merge === "ave" || merge === "mul") {
    const op = merge === "sum" ? "reduceSum" : merge === "ave" ? "reduceMean" : "reduceProd";
    const one = call.add(op, [from], { axes: [axis], keepDims: false }, { part: "merge", moved: false });
    return [sequences ? call.add("transpose", [one], { permutation: [1, 0, 2] }, { part: "sequence" }) : one];
  }
  const permutation = sequences ? [2, 0, 1, 3] : [1, 0, 2];
  const turned = call.add("transpose", [from], { permutation }, { part: "directions", moved: false });
  const width = 2 * Number(cell.config.units);
  const shape = sequences ? [0, 0, width] : [0, width];
  return [call.add("reshape", [turned], { shape }, { part: "join", moved: false })];
}

/** A layer for every step: directly where it looks at the last axis only, else with the steps among the batch. */
export function timeDistributed(call: LayerCall): Tensor[] {
  const layer = call.inner("layer");
  const kind = text(layer.class_name);
  const input = call.writer.plain(call.input());
  if (/^(Dense|Dropout|Activation|ReLU|LeakyReLU|ELU|Softmax|LayerNormalization|Embedding)$/.test(kind)) {
    return call.use.inner(layer, "layer", [input]);
  }
  const [batch = "batch", steps = "sequence", ...rest] = input.shape ?? [];
  const merged = call.add(
    "reshape",
    [input],
    { shape: ["-1", ...rest.map(String)] },
    { part: "merge", moved: false },
  );
  const made = call.use.inner(layer, "layer", [merged]).map((tensor) => call.writer.plain(tensor));
  return made.map((tensor, i) => {
    const shape = [batch, steps, ...(tensor.shape?.slice(1) ?? [])].map(String);
    return call.add("reshape", [tensor], { shape }, { part: i === 0 ? "split" : `split${i}`, moved: false });
  });
}

/** A recurrent cell of convolutions: kept by its name, with its weights; its shape is what the file says. */
export const convolutional =
  (spatial: number) =>
  (call: LayerCall): Tensor => {
    const kernel = call.sizes("kernel_size", spatial) ?? [];
    const filters = call.count("filters");
    const parameters = [
      ...call.weight("kernel", [...kernel, call.width(call.input()), 4 * filters]),
      ...call.weight("recurrent_kernel", [...kernel, filters, 4 * filters]),
      ...(call.flag("use_bias", true) ? call.weight("bias", [4 * filters]) : []),
    ];
    const input = call.writer.plain(call.input());
    return call.add(
      `custom:${call.kind}`,
      [input],
      { kernelSize: kernel, filters },
      { parameters, shape: null },
    );
  };
