// The user's mistakes, told so that they can be mended: what was wrong, where, what to do.

export interface ErrorContext {
  /** The file, node, line or option at fault, as the user knows it. */
  where?: string;
  /** One sentence that says what to do about it. */
  fix?: string;
}

/** A mistake of the user or of the user's data; shown without a stack trace. */
export class ArchError extends Error {
  readonly where: string | undefined;
  readonly fix: string | undefined;

  constructor(message: string, { where, fix }: ErrorContext = {}) {
    super([where ? `${where}: ` : "", message, fix ? `. ${fix}` : ""].join(""));
    this.name = new.target.name;
    this.where = where;
    this.fix = fix;
  }
}

/** A network could not be read. */
export class ImportError extends ArchError {}
