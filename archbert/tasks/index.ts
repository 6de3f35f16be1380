// The tasks: what can be done with a network and a text. Their results are checked against the graph.
export { type Answered, ask } from "./ask";
export { collect, type Skipped } from "./collect";
export { type Comparison, cloneFrom, compare } from "./compare";
export { type Candidate, type Generated, type GenerateOptions, generate } from "./generate";
export { type ArchBert, cosine, modelFor, type TaskEvent, type TaskOptions, useModel } from "./model";
export { type Reasoning, reason } from "./reason";
export { type Found, type Hit, type Place, type Places, type SearchOptions, search } from "./search";
export { sentences, understoodFrom } from "./understand";
export { type Wish, type WishOptions, wish } from "./wish";
