// A process that trains and is killed: run by orphan.test.ts, which reads what it prints.
import { train } from "../../../compute";
import { architecture, data } from "./examples";

train(architecture, data, {
  epochs: 100_000,
  backend: "wasm",
  onEvent: ({ kind }) => {
    if (kind === "epoch") console.log("epoch");
  },
}).catch(console.error);
