// The last stage of a cell: from the ES module that TypeScript emits to code whose names live on between cells.
//
// - What a cell declares becomes a property of the shared scope, which TypeScript's own CommonJS stage does for an
//   exported variable: so an earlier function sees what a later cell assigns, and what ran before a throw is kept.
// - `import()`, `import.meta` and a top-level `await` go through the run time (see modules.ts, scope.ts).
import { SourceMap } from "node:module";
import type {
  ExportDeclaration,
  ImportDeclaration,
  Node,
  SourceFile,
  Statement,
  StringLiteral,
  VariableDeclaration,
} from "typescript";
import { Edits } from "./edits";
import { ts } from "./stock";

export interface Position {
  /** Zero-based. */
  line: number;
  column: number;
}

export interface CommonJs {
  text: string;
  /** What the code imports statically. */
  imports: string[];
  /** What a cell declares. */
  names: string[];
  /** Those of them that are declared inside blocks, as `var` can be. */
  nested: string[];
  /** The name under which the scope has the value of a last expression that tslab does not see. */
  last: string | undefined;
  /** Whether it awaits outside functions. */
  awaits: boolean;
  /** From a position in `text` to one in the TypeScript source. */
  original(position: Position): Position | undefined;
}

export interface CommonJsOptions {
  /** A cell, whose names are shared; otherwise a module of its own. */
  cell: boolean;
  /** The source map of the stage before. */
  map: string;
}

/** The one name that the emitted code takes for itself. */
export const runtimeName = "__tslab_cell__";

const prelude = `const ${runtimeName} = __tslab__.cell, { filename: __filename, dirname: __dirname } = ${runtimeName}.meta;`;

const options = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ESNext,
  esModuleInterop: true,
  newLine: ts.NewLineKind.LineFeed,
  sourceMap: true,
};

export function toCommonJs(js: string, { cell, map }: CommonJsOptions): CommonJs {
  const source = js.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
  const file = ts.createSourceFile("cell.js", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const edits = new Edits(source);
  const imports = file.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier
      ? [(statement.moduleSpecifier as StringLiteral).text]
      : [],
  );
  const plain = cell && file.statements.every(isPlain);
  if (plain) storeLast(file, edits);
  const { names, nested } = cell && !plain ? shareNames(file, edits) : { names: [], nested: [] };
  const last = cell ? keepLastOfUsing(file, edits) : undefined;
  const awaits = routeThroughRuntime(file, edits, cell);
  const edited = edits.apply();
  const out = plain
    ? { outputText: `"use strict";\n${edited.text}`, sourceMapText: undefined }
    : ts.transpileModule(edited.text, { fileName: "cell.js", compilerOptions: options });
  const text = out.outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
  return {
    text: cell ? keepOldValues(text).replace(/^"use strict";/, `"use strict"; ${prelude}`) : text,
    imports,
    names,
    nested,
    last,
    awaits,
    original: mapping(edited, source, map, out.sourceMapText, cell),
  };
}

/** Whether a statement leaves nothing to TypeScript's CommonJS stage, which takes a third of the time of a short cell. */
function isPlain(statement: Statement): boolean {
  if (ts.isExportDeclaration(statement))
    return !statement.moduleSpecifier && namesListed(statement).length === 0;
  if (ts.isImportDeclaration(statement) || ts.isExportAssignment(statement)) return false;
  return !isExported(statement) || lastExpression(statement) !== undefined;
}

function isExported(statement: Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** The variable that tslab makes of the last expression. */
function lastExpression(statement: Statement): VariableDeclaration | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declaration] = statement.declarationList.declarations;
  return declaration && ts.isIdentifier(declaration.name) && /^tsLastExpr\d*$/.test(declaration.name.text)
    ? declaration
    : undefined;
}

function storeLast(file: SourceFile, edits: Edits): void {
  for (const statement of file.statements) {
    const last = lastExpression(statement);
    if (ts.isExportDeclaration(statement)) edits.replace(statement.getStart(file), statement.end, "");
    else if (last?.initializer && isExported(statement)) {
      edits.replace(
        statement.getStart(file),
        last.initializer.getStart(file),
        `exports.${last.name.getText(file)} = `,
      );
    }
  }
}

/**
 * Turns the declarations of a cell into exported variables, and its exports into nothing else.
 *
 * @returns the names that it declares
 */
function shareNames(file: SourceFile, edits: Edits): { names: string[]; nested: string[] } {
  const lists = file.statements.filter(ts.isExportDeclaration);
  const listed = new Set(lists.flatMap(namesListed));
  const names = file.statements.flatMap((statement) => shareStatement(statement, listed, file, edits));
  // A `var` inside a block, for one, belongs to the cell and cannot be exported where it stands.
  const rest = [...listed].filter((name) => !names.includes(name));
  for (const [i, list] of lists.entries()) {
    // Nobody imports a cell: of `export … from` only the import is left.
    const kept = list.moduleSpecifier ? `import ${list.moduleSpecifier.getText(file)};` : "";
    edits.replace(
      list.getStart(file),
      list.end,
      i === lists.length - 1 ? `${kept}export { ${rest.join(", ")} };` : kept,
    );
  }
  return { names: [...names, ...rest], nested: rest };
}

/** The names of a list that are exported as they are. */
function namesListed({ moduleSpecifier, exportClause }: ExportDeclaration): string[] {
  if (moduleSpecifier || !exportClause || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.flatMap(({ name, propertyName }) =>
    !propertyName || propertyName.text === name.text ? [name.text] : [],
  );
}

function shareStatement(
  statement: Statement,
  listed: ReadonlySet<string>,
  file: SourceFile,
  edits: Edits,
): string[] {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const exported = modifiers.find((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
  const start = exported ? exported.end : statement.getStart(file);
  const shares = (name: string) => exported !== undefined || listed.has(name);
  if (modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)) return [];
  if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList;
    const names = declarations.flatMap((declaration) => namesOf(declaration.name));
    if (!names.every(shares)) return [];
    if (!exported) edits.insert(start, "export ");
    for (const { initializer, name } of declarations) {
      // Without a value of its own the name would keep that of an earlier cell.
      if (!initializer) edits.insert(name.end, " = void 0");
    }
    return names;
  }
  if (ts.isClassDeclaration(statement) && statement.name && shares(statement.name.text)) {
    const { text } = statement.name;
    edits.insert(start, `${exported ? "" : "export "} let ${text} = `);
    edits.insert(statement.end, ";");
    return [text];
  }
  if (ts.isFunctionDeclaration(statement) && statement.name && shares(statement.name.text)) {
    const { text } = statement.name;
    // Functions are there before the first statement runs.
    edits.hoist(start, statement.end, `export var ${text} = `, ";");
    if (exported) edits.replace(exported.getStart(file), exported.end, "");
    return [text];
  }
  if (ts.isImportDeclaration(statement)) {
    const names = importedNames(statement).filter(shares);
    // By assignment: TypeScript's own way is a getter that no later cell could replace.
    edits.insert(statement.end, names.map((name) => ` ${runtimeName}.scope.${name} = ${name};`).join(""));
    return names;
  }
  return [];
}

function importedNames({ importClause }: ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  return [
    ...(importClause?.name ? [importClause.name.text] : []),
    ...(bindings && ts.isNamespaceImport(bindings) ? [bindings.name.text] : []),
    ...(bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : []),
  ];
}

function namesOf(name: Node): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  if (!ts.isObjectBindingPattern(name) && !ts.isArrayBindingPattern(name)) return [];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []));
}

/**
 * A cell with `using` becomes one `try` statement, in which tslab does not look for the last expression.
 *
 * @returns the name that its value gets
 */
function keepLastOfUsing(file: SourceFile, edits: Edits): string | undefined {
  const whole = file.statements.findLast((statement) => !ts.isExportDeclaration(statement));
  if (
    !whole ||
    !ts.isTryStatement(whole) ||
    !whole.finallyBlock?.getText(file).includes("__disposeResources(")
  ) {
    return undefined;
  }
  const last = whole.tryBlock.statements[whole.tryBlock.statements.length - 1];
  if (!last || !ts.isExpressionStatement(last)) return undefined;
  edits.insert(last.expression.getStart(file), `${runtimeName}.scope.tsLastExpr = (`);
  edits.insert(last.expression.end, ")");
  return "tsLastExpr";
}

/** @returns whether there is an `await` outside functions */
function routeThroughRuntime(file: SourceFile, edits: Edits, cell: boolean): boolean {
  let awaits = false;
  const visit = (node: Node, nested: boolean): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      edits.replace(node.expression.getStart(file), node.expression.end, `${runtimeName}.import`);
    } else if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      edits.replace(node.getStart(file), node.end, `${runtimeName}.meta`);
    } else if (cell && ts.isCallExpression(node) && isShared(node.expression)) {
      freeOfThis(node.expression);
    } else if (cell && ts.isTaggedTemplateExpression(node) && isShared(node.tag)) {
      freeOfThis(node.tag);
    } else if (!nested && ts.isAwaitExpression(node)) {
      awaits = true;
      if (cell) wrap(node.expression, `${runtimeName}.wait(`);
    } else if (!nested && ts.isForOfStatement(node) && node.awaitModifier) {
      awaits = true;
      if (cell) wrap(node.expression, `${runtimeName}.each(`);
    }
    const inner = nested || ts.isFunctionLike(node) || ts.isPropertyDeclaration(node);
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  const wrap = (node: Node, call: string): void => {
    edits.insert(node.getStart(file), call);
    edits.insert(node.end, ")");
  };
  // A shared function is called as a function, not as a method of the scope.
  const freeOfThis = (callee: Node): void => {
    edits.insert(callee.getStart(file), "(0, ");
    edits.insert(callee.end, ")");
  };
  visit(file, false);
  return awaits;
}

/** What tslab makes of a name that an earlier cell declared. */
function isShared(node: Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "exports"
  );
}

/** TypeScript begins a module by setting its exports to undefined: in a cell that would wipe what earlier cells left. */
function keepOldValues(text: string): string {
  const lines = text.split("\n");
  const header = lines.findIndex((line) => line.startsWith('Object.defineProperty(exports, "__esModule"'));
  if (header < 0) return text;
  lines[header] = "";
  // The names come fifty a line; a line like that after a shorter one is the user's own `let x;`.
  for (let i = header + 1, names = 50; names === 50 && initialisation.test(lines[i] ?? ""); i++) {
    names = (lines[i]?.match(/exports\./g) ?? []).length;
    lines[i] = "";
  }
  return lines.join("\n");
}

const initialisation = /^(exports\.[\w$\u0080-\uffff]+ = )+void 0;$/;

/** Text only is kept until somebody asks: most cells are never asked. */
function mapping(
  edited: { text: string; original(offset: number): number },
  source: string,
  firstMap: string,
  secondMap: string | undefined,
  /** Before a cell tslab puts a line of its own. */
  cell: boolean,
): CommonJs["original"] {
  return ({ line, column }) => {
    // The second map says where TypeScript put what we edited, the edits say what they moved, the first map the rest.
    const inEdited = secondMap ? originalIn(secondMap, { line, column }) : { line: line - 1, column };
    if (!inEdited || inEdited.line < 0) return undefined;
    const offset = edited.original(offsetOf(edited.text, inEdited));
    const inJs = positionOf(source, offset);
    const found = originalIn(firstMap, inJs);
    return found && { line: found.line - (cell ? 1 : 0), column: found.column };
  };
}

function originalIn(map: string, { line, column }: Position): Position | undefined {
  const found = new SourceMap(JSON.parse(map)).findEntry(line, column);
  return "originalLine" in found ? { line: found.originalLine, column: found.originalColumn } : undefined;
}

function offsetOf(text: string, { line, column }: Position): number {
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf("\n", start) + 1;
  return start + column;
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(0, offset));
  const line = before.split("\n").length - 1;
  return { line, column: before.length - (before.lastIndexOf("\n") + 1) };
}
