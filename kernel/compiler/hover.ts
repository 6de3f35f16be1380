// What inspection tells of the name at a position: its declaration as TypeScript prints it, and its doc comment.
import type { Node, SourceFile, Symbol as TsSymbol, TypeChecker } from "typescript";
import type { Offset } from "../language";
import { ts } from "./stock";

/** The stock compiler gives this only through a language service, which would parse everything a second time. */
export function quickInfo(file: SourceFile, checker: TypeChecker, _cancellation: unknown, position: number) {
  const touched = ts.getTouchingPropertyName(file, position);
  if (touched === file) return undefined;
  const constructed =
    touched.parent && ts.isNewExpression(touched.parent) && touched.pos === touched.parent.pos;
  const node = constructed ? ((touched.parent as { expression?: Node }).expression ?? touched) : touched;
  const symbol = checker.getSymbolAtLocation(node);
  if (!symbol) return undefined;
  const shown = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
    checker,
    symbol,
    file,
    enclosing(node),
    node,
  );
  return {
    kind: shown.symbolKind,
    kindModifiers: ts.SymbolDisplay.getSymbolModifiers(checker, symbol),
    textSpan: { start: node.getStart(file), length: node.end - node.getStart(file) },
    displayParts: shown.displayParts,
    documentation: [{ kind: "text", text: documentationOf(symbol, checker) }],
    tags: undefined,
  };
}

function enclosing(node: Node): Node | undefined {
  for (let outer = node.parent; outer; outer = outer.parent) {
    const scope =
      ts.isSourceFile(outer) ||
      ts.isFunctionLike(outer) ||
      ts.isClassLike(outer) ||
      ts.isModuleDeclaration(outer);
    if (scope) return outer;
  }
  return undefined;
}

/** The doc comment of a symbol as Markdown, read from the text: of libraries the compiler keeps no doc comments. */
function documentationOf(symbol: TsSymbol, checker: TypeChecker): string {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  for (const declaration of target.declarations ?? []) {
    // The comment of `const a = 1` stands before the statement, not before the name.
    let node: Node = declaration;
    while (node.parent && (ts.isVariableDeclaration(node) || ts.isVariableDeclarationList(node)))
      node = node.parent;
    const { text } = node.getSourceFile();
    const comments = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
    const last = comments
      .map(({ pos, end }) => text.slice(pos, end))
      .findLast((comment) => comment.startsWith("/**"));
    if (last) return markdownOf(last);
  }
  return "";
}

function markdownOf(comment: string): string {
  const lines = comment
    .slice("/**".length, -"*/".length)
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
  return lines
    .join("\n")
    .trim()
    .replace(
      /\{@link(?:code|plain)?\s+([^\s|}]+)(?:[\s|]+([^}]+))?\}/g,
      (_, target: string, label?: string) => label ?? target,
    )
    .replace(/^@param\s+(?:\{[^}]*\}\s+)?(\[?[\w$.]+\]?)\s*(?:-\s*)?/gm, "\n`$1`: ")
    .replace(
      /^@(returns?|throws|deprecated|see|since|default|remarks)\b\s*/gm,
      (_, tag: string) => `\n*${tag}*: `,
    )
    .replace(/^@example\b\s*/gm, "\n*example*:\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * Where to look for the name that a position is about: at it, before it, or before the bracket of the call around it.
 */
export function subjectOf(source: string, position: Offset): Offset | undefined {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, true);
  const at = Math.max(0, Math.min(position, source.length));
  for (const offset of [at, at - 1]) {
    const name = offset >= 0 ? nameAt(file, offset) : undefined;
    if (name) return name.getStart(file);
  }
  let node: Node | undefined = ts.findPrecedingToken(at, file);
  if (node && ts.isIdentifier(node) && source.slice(node.end, at).trim() === "") return node.getStart(file);
  for (; node; node = node.parent) {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
    if (at <= node.expression.end) continue;
    const { expression } = node;
    return (ts.isPropertyAccessExpression(expression) ? expression.name : expression).getStart(file);
  }
  return undefined;
}

function nameAt(file: SourceFile, offset: Offset): Node | undefined {
  const node = ts.getTouchingPropertyName(file, offset);
  return node !== file && (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) ? node : undefined;
}
