// Activations: element-wise functions with a name in the field.
import { type Op, simple } from "./op";

const activation = (name: string): Op => simple("activation", `${name} activation`);

export const relu = activation("ReLU");
export const relu6 = activation("ReLU6");
/** Attribute: slope. */
export const leakyRelu = activation("leaky ReLU");
export const prelu = activation("PReLU");
export const elu = activation("ELU");
export const selu = activation("SELU");
export const celu = activation("CELU");
export const thresholdedRelu = activation("thresholded ReLU");
/** Attribute: approximate, "none" or "tanh" or "sigmoid". */
export const gelu = activation("GELU");
export const silu = activation("SiLU");
export const mish = activation("Mish");
export const sigmoid = activation("sigmoid");
export const hardSigmoid = activation("hard-sigmoid");
export const hardSwish = activation("hard-swish");
export const tanh = activation("tanh");
export const softplus = activation("softplus");
export const softsign = activation("softsign");
export const softmax = activation("softmax");
export const logSoftmax = activation("log-softmax");
export const hardmax = activation("hardmax");
