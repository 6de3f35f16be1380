// Text for the model: words and numbers, meanings and programs as tokens.
export { type Lexed, lex, type Piece, type Slot } from "./lexer";
export { type MeaningMachine, meaningMachine } from "./meaningMachine";
export {
  numberName,
  numbers,
  type ProgramMachine,
  programMachine,
  programTokens,
  writeProgram,
} from "./programTokens";
export { areWords, positions, type Vocabulary, verdicts, vocabulary } from "./vocabulary";
export { writeMeaning } from "./writeMeaning";
