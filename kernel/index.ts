// What cells and other programs may import of the kernel: `import { … } from "archbert/kernel"`.
export type { ClearOutput, Display, DisplayHandle, Prompt } from "./cellGlobals";
export type { Comm, CommMessage, Comms, CommTarget } from "./comms";
export * from "./display";
export type { MagicRuntime } from "./magics";
