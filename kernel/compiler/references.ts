// Which identifiers of a cell mean a variable: tslab turns those that an earlier cell declared into members of the
// shared scope, and takes property names for variables too.
import type {
  CustomTransformers,
  Identifier,
  Node,
  SourceFile,
  TransformerFactory,
  TypeChecker,
} from "typescript";
import { type InternalChecker, ts } from "./stock";

/** Whether `node`, as the user wrote it, reads or writes a variable. */
function isReference(node: Identifier): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (ts.isPropertyAccessExpression(parent) || ts.isMetaProperty(parent)) return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isJsxAttribute(parent) || ts.isExportSpecifier(parent) || ts.isImportSpecifier(parent)) return false;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  // Names of members, parameters, variables: declared here, not referred to.
  return (parent as { name?: Node }).name !== node;
}

/** The checker as tslab's transformer should see it: no symbol for what is no variable. */
export function checkerOfReferences(checker: TypeChecker): TypeChecker {
  return Object.assign(Object.create(checker) as TypeChecker, {
    getSymbolAtLocation(node: Node) {
      const written = ts.getParseTreeNode(node);
      if (!written || !ts.isIdentifier(written) || !isReference(written)) return undefined;
      const { parent } = written;
      if (ts.isJsxOpeningLikeElement(parent) && parent.tagName !== written) {
        // The factory that JSX turns into: `React` stands nowhere in the text.
        return (checker as InternalChecker).resolveName(written.text, parent, ts.SymbolFlags.Value, false);
      }
      return ts.isShorthandPropertyAssignment(written.parent)
        ? checker.getShorthandAssignmentValueSymbol(written.parent)
        : checker.getSymbolAtLocation(written);
    },
  });
}

/** Writes `{ a }` as `{ a: a }`, so that the second can become a member of the scope. */
const spellOut: TransformerFactory<SourceFile> = (context) => {
  const { factory } = context;
  const visit = (node: Node): Node => {
    if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, visit, context);
    const value = ts.setOriginalNode(
      ts.setTextRange(factory.createIdentifier(node.name.text), node.name),
      node.name,
    );
    const { objectAssignmentInitializer: initializer } = node;
    return factory.createPropertyAssignment(
      // A string, which is no identifier to anyone; the printed code is the same to run.
      factory.createStringLiteral(node.name.text),
      initializer
        ? factory.createAssignment(value, ts.visitNode(initializer, visit, ts.isExpression) ?? initializer)
        : value,
    );
  };
  return (file) => ts.visitEachChild(file, visit, context);
};

export function withShorthandSpeltOut(transformers: CustomTransformers): CustomTransformers {
  return {
    ...transformers,
    before: [spellOut, ...(transformers.before ?? [])] as TransformerFactory<SourceFile>[],
  };
}
