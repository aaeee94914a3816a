/**
 * The public face of a package as text: every export, and every type that one of them names though it cannot be imported. A
 * change of it is seen in review, and is what a version number speaks of.
 */
import { format } from 'prettier';
import ts from 'typescript';
import type { Entry } from './entries.ts';
import { asExported, facesOf, statementsOf, type Face, type Named } from './faces.ts';

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

/** One report for each entry. */
export async function apiReports(entries: readonly Entry[]): Promise<Map<Entry, string>> {
  const reports = new Map<Entry, string>();
  for (const face of facesOf(entries).faces) reports.set(face.entry, await apiReport(face));
  return reports;
}

async function apiReport({ entry, own, theirs, named }: Face): Promise<string> {
  const blocks = [
    `# ${entry.name}`,
    'Written by `npm run api`; do not edit. A change of this page is a change of what users may rely on.',
    ...(theirs.length > 0
      ? [`Exports of other packages as they are: ${theirs.map((name) => `\`${name}\``).join(', ')}.`]
      : []),
    await code(own.flatMap(textsOf)),
    ...(named.length > 0 ? ['Named by these, and not to be imported:', await code(named.flatMap(textsOf))] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Its declarations without comments. */
function textsOf(named: Named): string[] {
  return statementsOf(named.symbol).map((statement) =>
    asExported(printer.printNode(ts.EmitHint.Unspecified, inOrder(statement), statement.getSourceFile()), named),
  );
}

/** Literals of an inferred type stand in the order in which the compiler met them, which a build that goes on from another changes. */
function inOrder<T extends ts.Node>(node: T): T {
  const byText = (a: ts.Node, b: ts.Node): number => (textOf(a) < textOf(b) ? -1 : 1);
  const visit = (one: ts.Node): ts.Node => {
    const seen = ts.visitEachChild(one, visit, undefined);
    if (ts.isUnionTypeNode(seen) && seen.types.every(ts.isLiteralTypeNode))
      return ts.factory.createUnionTypeNode(seen.types.toSorted(byText));
    if (ts.isTypeLiteralNode(seen) && seen.members.every(isLiteralMember))
      return ts.factory.createTypeLiteralNode(seen.members.toSorted(byText));
    return seen;
  };
  return visit(node) as T;
}

const isLiteralMember = (member: ts.TypeElement): boolean =>
  ts.isPropertySignature(member) && member.type !== undefined && ts.isLiteralTypeNode(member.type);

const textOf = (node: ts.Node): string =>
  printer.printNode(ts.EmitHint.Unspecified, node, ts.getOriginalNode(node).getSourceFile());

async function code(texts: readonly string[]): Promise<string> {
  const formatted = await format(texts.join('\n'), { parser: 'typescript', printWidth: 120, singleQuote: true });
  return `\`\`\`ts\n${formatted.trimEnd()}\n\`\`\``;
}
