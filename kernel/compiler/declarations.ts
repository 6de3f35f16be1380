// The declarations that a cell which stopped half-way leaves behind.
export function partialDeclarations(before: string, _after: string, _missing: ReadonlySet<string>): string {
  return before;
}
