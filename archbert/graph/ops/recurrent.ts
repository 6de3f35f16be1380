// Recurrent layers. Attributes: hiddenSize, inputSize, directions (1 or 2), batchFirst.
import type { Dimension, Shape } from "../architecture";
import { unknown } from "../dimensions";
import { type Call, number, type Op } from "./op";

function infer(call: Call): Shape[] {
  const input = call.inputs[0];
  const hidden = number(call, "hiddenSize", 0);
  const directions = number(call, "directions", 1);
  const [steps, batch]: Dimension[] = input ? [input[0] ?? unknown, input[1] ?? unknown] : [unknown, unknown];
  // As ONNX lays it out: all states [steps, directions, batch, hidden], then last states [directions, batch, hidden].
  const all: Shape = input ? [steps ?? unknown, directions, batch ?? unknown, hidden] : null;
  const last: Shape = input ? [directions, batch ?? unknown, hidden] : null;
  return Array.from({ length: call.outputs }, (_, i) => (i === 0 ? all : last));
}

const recurrent = (name: string, gates: number): Op => ({
  role: "weights",
  words: [`${name} layer`, `${name} layers`],
  infer,
  multiplyAdds: (call) => {
    const [steps = 1, batch = 1] = call.inputs[0] ?? [];
    const hidden = number(call, "hiddenSize", 0);
    const width = number(call, "inputSize", 0) + hidden;
    return steps * batch * number(call, "directions", 1) * gates * hidden * width;
  },
});

export const lstm = recurrent("LSTM", 4);
export const gru = recurrent("GRU", 3);
export const rnn = recurrent("RNN", 1);
