// Trained networks in the formats of others.
export { exportOnnx } from "./onnx";
export { exportTfjs } from "./tfjs";
