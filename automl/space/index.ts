// The space of candidates of a study.
export { createSpace, type Frame, type Member, type Neighbour, type Space } from "./space";
