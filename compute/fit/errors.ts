// Trainings that end without a network.
import { ArchError, type ErrorContext } from "../../archbert/graph/errors";

/** Its numbers left the finite; its memory was too small; its process ended by itself. */
export type FailureKind = "diverged" | "outOfMemory" | "crashed";

export class TrainingError extends ArchError {
  constructor(
    readonly kind: FailureKind,
    message: string,
    context: ErrorContext = {},
  ) {
    super(message, context);
  }
}
