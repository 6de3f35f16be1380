// The declarations of earlier cells, as text: what tslab forgets of them, and what a cell that stopped half-way leaves.
import type { SourceFile, Statement } from "typescript";
import type { Variable } from "../language";
import { ts } from "./stock";

function parse(declarations: string): SourceFile {
  return ts.createSourceFile("declarations.d.ts", declarations, ts.ScriptTarget.ESNext, false);
}

/** The values that a statement declares; types have no part in this. */
function valueNames(statement: Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : [],
    );
  }
  if (ts.isImportDeclaration(statement)) {
    const { importClause } = statement;
    const bindings = importClause?.namedBindings;
    return [
      ...(importClause?.name ? [importClause.name.text] : []),
      ...(bindings && ts.isNamespaceImport(bindings) ? [bindings.name.text] : []),
      ...(bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : []),
    ];
  }
  if (
    (ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement)) &&
    statement.name
  ) {
    return [statement.name.text];
  }
  if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) return [statement.name.text];
  return [];
}

/** The text of a statement with only those of its names that are wanted; empty where none is. */
function textWith(file: SourceFile, statement: Statement, wanted: (name: string) => boolean): string {
  const text = file.text.slice(statement.getFullStart(), statement.end).trim();
  const names = valueNames(statement);
  if (names.every(wanted)) return text;
  if (!names.some(wanted)) return "";
  if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList;
    const [first] = declarations;
    const kept = declarations.filter(({ name }) => ts.isIdentifier(name) && wanted(name.text));
    const head = file.text.slice(statement.getStart(file), first?.getStart(file));
    return `${head}${kept.map((declaration) => declaration.getText(file)).join(", ")};`;
  }
  // An import of several names, of which some were not reached: to import more than is there does no harm.
  return text;
}

/**
 * The declarations after a cell that stopped half-way.
 *
 * @param before what was declared before it
 * @param after what would be declared had it run to its end
 * @param missing the names that it did not get to
 */
export function partialDeclarations(before: string, after: string, missing: ReadonlySet<string>): string {
  if (missing.size === 0) return after;
  const now = parse(after);
  const then = parse(before);
  return [
    ...now.statements.map((statement) => textWith(now, statement, (name) => !missing.has(name))),
    // A name that the cell did not get to is still what an earlier cell made it.
    ...then.statements
      .filter((statement) => valueNames(statement).some((name) => missing.has(name)))
      .map((statement) => textWith(then, statement, (name) => missing.has(name))),
  ]
    .filter((text) => text !== "")
    .map((text) => `${text}\n`)
    .join("");
}

/**
 * Adds what tslab drops from the declarations of earlier cells: namespaces, and what a cell declares globally.
 *
 * @param names what the cell declares itself
 */
export function withForgotten(before: string, after: string, names: ReadonlySet<string>): string {
  if (!/\b(namespace|module|global)\b/.test(before)) return after;
  const file = parse(before);
  let text = after;
  for (const statement of file.statements) {
    if (!ts.isModuleDeclaration(statement)) continue;
    if (valueNames(statement).some((name) => names.has(name))) continue;
    const kept = statement.getText(file);
    if (!text.includes(kept)) text += `${kept}\n`;
  }
  return text;
}

/** The values that the declarations declare, with their types. */
export function variablesOf(declarations: string): Variable[] {
  const file = parse(declarations);
  const found = new Map<string, string>();
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name, type, initializer } of statement.declarationList.declarations) {
        found.set(name.getText(file), (type ?? initializer)?.getText(file) ?? "any");
      }
    } else if (ts.isFunctionDeclaration(statement) && statement.name) {
      const { typeParameters, parameters, type } = statement;
      const generic = typeParameters
        ? `<${typeParameters.map((node) => node.getText(file)).join(", ")}>`
        : "";
      const inputs = parameters.map((node) => node.getText(file)).join(", ");
      found.set(statement.name.text, `${generic}(${inputs}) => ${type?.getText(file) ?? "any"}`);
    } else if (ts.isImportDeclaration(statement)) {
      for (const name of valueNames(statement))
        found.set(name, `typeof import(${statement.moduleSpecifier.getText(file)})`);
    } else {
      for (const name of valueNames(statement)) found.set(name, `typeof ${name}`);
    }
  }
  return [...found].map(([name, type]) => ({ name, type }));
}
