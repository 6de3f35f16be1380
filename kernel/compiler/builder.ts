// What tslab takes a compiler's watch mode for.
import type { CustomTransformers, Program, SourceFile } from "typescript";

/** What tslab calls a builder: the state of the program after the last change. */
export interface Builder {
  getProgram(): Program;
  getSourceFile(fileName: string): SourceFile | undefined;
  /** The local source files that `file` needs, itself first. */
  getAllDependencies(file: SourceFile): readonly string[];
  emit(
    file: SourceFile,
    write: (fileName: string, text: string) => void,
    cancellation?: undefined,
    emitOnly?: undefined,
    transformers?: CustomTransformers,
  ): void;
}
