// What TypeScript's own parser says about a cell: where a magic can stand, and what stands around it.
import type * as ts from "typescript";
import type { Offset } from "../language";

/** A `%name` or `%%` where an expression must begin. */
export interface Site {
  /** Of its `%`. */
  start: Offset;
  /** No bracket between it and its statement: the line's end can end that statement. */
  bracketless: boolean;
  /** It begins a line, and TypeScript would take the line before for its left operand. */
  afterOperand: boolean;
}

/** A name that is assigned to in the text given to `surroundings`, where only an assignment can stand for a statement. */
export const placeholder = "$_";

/** How the code around a magic uses it. */
export interface Surroundings {
  /** "statement": nobody uses its value; "last": neither, but it ends the cell and so is the cell's value. */
  use: "value" | "statement" | "last";
  /** It stands in a function that is not async. */
  synchronous: boolean;
}

export interface Syntax {
  /** The first magic at or after `from` (and before it no text that is not TypeScript). */
  firstSite(
    text: string,
    from: Offset,
    isDeclared: (name: string) => boolean,
    names: ReadonlySet<string>,
  ): Site | undefined;
  /** The end of the expression that begins at `from`, and whether `closer` follows it. */
  expressionEnd(text: string, from: Offset, closer: string): { end: Offset; closed: boolean };
  /** `text` must be TypeScript. */
  surroundings(text: string, start: Offset, end: Offset): Surroundings;
  /** The outermost expression that begins at `start`, without a comma; `undefined` where none does. */
  expressionAt(text: string, start: Offset): Offset | undefined;
  /** The last statement; `expression`: the span of its expression, where it is one. */
  lastStatement(text: string): { end: Offset; expression?: [Offset, Offset] } | undefined;
}

/** The compiler's own module, loaded when a cell first needs it. */
export function createSyntax(load: () => typeof ts = stock): Syntax {
  let loaded: typeof ts | undefined;
  const module = () => {
    loaded ??= load();
    return loaded;
  };
  // One text is asked about again and again: once for each magic in it.
  let parsed: ts.SourceFile | undefined;
  const parse = (text: string) => {
    if (parsed?.text !== text) {
      const { createSourceFile, ScriptKind, ScriptTarget } = module();
      parsed = createSourceFile("cell.ts", text, ScriptTarget.Latest, true, ScriptKind.TS);
    }
    return parsed;
  };

  return {
    firstSite(text, from, isDeclared, names) {
      const { isBinaryExpression, SyntaxKind } = module();
      const file = parse(text);
      let site: Site | undefined;
      const visit = (node: ts.Node) => {
        if (site && node.pos > site.start) return;
        if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.PercentToken) {
          const start = node.operatorToken.getStart(file);
          const bracketless = isBracketless(module(), node);
          const free = start >= from && (!site || start < site.start);
          const missing = isMissing(module(), node.left);
          if (free && (missing || (bracketless && beginsLine(text, start, isDeclared, names)))) {
            site = { start, bracketless, afterOperand: !missing };
          }
        }
        node.forEachChild(visit);
      };
      visit(file);
      return site;
    },

    expressionEnd(text, from, closer) {
      const argument = firstArgument(module(), parse(`f(${text.slice(from)}`));
      const end = argument ? from + argument.end - 2 : from;
      const gap = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
      if (text[end + gap] === closer) return { end: end + gap, closed: true };
      const lineEnd = /^[^\r\n]*/.exec(text.slice(end))?.[0].length ?? 0;
      return { end: end + lineEnd, closed: false };
    },

    surroundings(text, start, end) {
      const file = parse(text);
      const node = innermost(file, start, end);
      let parent = node?.parent;
      if (parent && module().isBinaryExpression(parent) && parent.left.getText(file) === placeholder)
        parent = parent.parent;
      const statement = parent && module().isExpressionStatement(parent) ? parent : undefined;
      const isLast = statement !== undefined && statement === file.statements.at(-1);
      return {
        use: statement ? (isLast ? "last" : "statement") : "value",
        synchronous: node !== undefined && isSynchronous(module(), node),
      };
    },

    expressionAt(text, start) {
      const file = parse(text);
      const { SyntaxKind, isBinaryExpression } = module();
      let found: ts.Node | undefined;
      const visit = (node: ts.Node) => {
        if (node.end <= start || node.pos > start) return;
        const isComma = isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.CommaToken;
        const isExpression = node.kind !== SyntaxKind.ExpressionStatement && node.parent !== undefined;
        if (
          !found &&
          node.getStart(file) === start &&
          isExpression &&
          !isComma &&
          !isStatement(module(), node)
        ) {
          found = node;
        }
        if (!found) node.forEachChild(visit);
      };
      visit(file);
      return found?.end;
    },

    lastStatement(text) {
      const file = parse(text);
      const statement = file.statements.at(-1);
      if (!statement) return undefined;
      if (!module().isExpressionStatement(statement)) return { end: statement.end };
      const { expression } = statement;
      return { end: statement.end, expression: [expression.getStart(file), expression.end] };
    },
  };
}

function stock(): typeof ts {
  return (require("../compiler/stock") as typeof import("../compiler/stock")).ts;
}

/** Whether the parser put an empty name where the operand before an operator should be. */
function isMissing(
  { isIdentifier, isPropertyAccessExpression, SyntaxKind }: typeof ts,
  left: ts.Node,
): boolean {
  let node = left;
  for (;;) {
    let child: ts.Node | undefined;
    node.forEachChild((each) => {
      child = each;
    });
    if (!child) break;
    if (isPropertyAccessExpression(node)) return false;
    node = child;
  }
  // `await` is parsed as a name in a file without imports.
  return (
    isIdentifier(node) &&
    (node.pos === node.end || (node.text === "await" && node.kind === SyntaxKind.Identifier))
  );
}

/**
 * Whether a `%` after an operand begins its line as a magic: `%time f()` below `a` without a semicolon. A name that the
 * user has declared is a true modulo.
 */
function beginsLine(
  text: string,
  start: Offset,
  isDeclared: (name: string) => boolean,
  names: ReadonlySet<string>,
): boolean {
  const lineStart = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  if (text.slice(lineStart, start).trim() !== "") return false;
  const line = /^%%?([A-Za-z_]\w*)([^\r\n]*)/.exec(text.slice(start));
  const name = line?.[1];
  if (!line || !name) return false;
  if (names.has(name)) return !isDeclared(name);
  return (
    /^(?:\?|\s+[\w"'{-])/.test(line[2] ?? "") && !/^\s+(?:as|in|instanceof|satisfies)\b/.test(line[2] ?? "")
  );
}

function isBracketless(module: typeof ts, from: ts.Node): boolean {
  const { SyntaxKind } = module;
  let node = from;
  while (node.parent && !isStatement(module, node)) {
    switch (node.parent.kind) {
      case SyntaxKind.ParenthesizedExpression:
      case SyntaxKind.ArrayLiteralExpression:
      case SyntaxKind.ObjectLiteralExpression:
      case SyntaxKind.TemplateSpan:
      case SyntaxKind.ComputedPropertyName:
        return false;
      case SyntaxKind.CallExpression:
      case SyntaxKind.NewExpression:
      case SyntaxKind.ElementAccessExpression:
        if ((node.parent as ts.CallExpression).expression !== node) return false;
    }
    node = node.parent;
  }
  const header = node.parent && isStatement(module, node.parent) ? node.parent : undefined;
  return !header || header.kind === SyntaxKind.Block || isStatement(module, node);
}

function isStatement({ SyntaxKind, isVariableDeclarationList }: typeof ts, node: ts.Node): boolean {
  const { FirstStatement, LastStatement, FunctionDeclaration, ClassDeclaration, ExportAssignment } =
    SyntaxKind;
  const { kind } = node;
  if (isVariableDeclarationList(node)) return false;
  return (
    (kind >= FirstStatement && kind <= LastStatement) ||
    kind === SyntaxKind.Block ||
    kind === FunctionDeclaration ||
    kind === ClassDeclaration ||
    kind === ExportAssignment
  );
}

/** Of the call of `f` that begins the file. */
function firstArgument({ isCallExpression }: typeof ts, file: ts.SourceFile): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node) => {
    if (node.pos > 0 || found) return;
    if (isCallExpression(node) && node.expression.end === 1) found = node.arguments[0];
    else node.forEachChild(visit);
  };
  visit(file);
  return found;
}

function innermost(file: ts.SourceFile, start: Offset, end: Offset): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node) => {
    if (node.getStart(file) <= start && node.end >= end && node.end > node.pos) {
      found = node;
      node.forEachChild(visit);
    }
  };
  file.forEachChild(visit);
  return found;
}

function isSynchronous({ isFunctionLike, SyntaxKind }: typeof ts, from: ts.Node): boolean {
  for (let node = from.parent; node; node = node.parent) {
    if (isFunctionLike(node)) {
      const { modifiers } = node as unknown as { modifiers?: readonly ts.Node[] };
      return !modifiers?.some((modifier) => modifier.kind === SyntaxKind.AsyncKeyword);
    }
  }
  return false;
}
