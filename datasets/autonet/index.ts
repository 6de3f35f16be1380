// AutoNet: random networks in the architecture language, and what people say of them, ask of them, and wish for.
export type { Wordings } from "./language";
export { nonsense } from "./nonsense";
export { randomProgram } from "./programs/random";
export { lookalike, skeletonOf, variant } from "./programs/variant";
export { prompt, question, statement } from "./texts";
