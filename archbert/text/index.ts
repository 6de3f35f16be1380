// Text for the model: words and numbers, meanings and programs as tokens.
export { type Lexed, lex, type Piece, type Slot } from "./lexer";
export { type MeaningMachine, meaningMachine, meaningTokens, writeMeaning } from "./meaning";
export {
  numberName,
  numbers,
  type ProgramMachine,
  programMachine,
  programTokens,
  writeProgram,
} from "./programTokens";
export { positions, type Task, tasks, type Vocabulary, verdicts, vocabulary } from "./vocabulary";
