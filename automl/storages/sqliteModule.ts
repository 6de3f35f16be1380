// Node's own SQLite.

/**
 * @returns undefined where this Node has none, or has it behind a flag only (22.12)
 */
export function sqliteModule(): typeof import("node:sqlite") | undefined {
  const { emitWarning } = process;
  // Once it is loaded, Node warns that it may change; whoever searches an architecture need not know.
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}
