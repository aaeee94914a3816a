/**
 * The public face of a package as text, from the declarations that users get: every export, and every type that one of them
 * names though it cannot be imported. A change of it is seen in review, and is what a version number speaks of.
 */
import { dirname } from 'node:path';
import { format } from 'prettier';
import ts from 'typescript';
import type { Entry } from './entries.ts';

/** An operator's whole type says more than anyone reads; docs/operators has a page of each. */
const GENERATED = /\.gen\.d\.ts$/;

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

/** One report for each entry. */
export async function apiReports(entries: readonly Entry[]): Promise<Map<Entry, string>> {
  const program = ts.createProgram(
    entries.map(({ types }) => types),
    {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      types: [],
      skipLibCheck: true,
      noEmit: true,
    },
  );
  const checker = program.getTypeChecker();
  const faces = entries.map((entry) => faceOf(program, checker, entry));
  const reports = new Map<Entry, string>();
  for (const face of faces) reports.set(face.entry, await apiReport(checker, face, faces));
  return reports;
}

interface Face {
  readonly entry: Entry;
  /** What each exported name stands for. */
  readonly exports: ReadonlyMap<string, ts.Symbol>;
}

function faceOf(program: ts.Program, checker: ts.TypeChecker, entry: Entry): Face {
  const source = program.getSourceFile(entry.types);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry.types} is not there: npm run build`);
  const exported = checker.getExportsOfModule(module).sort(byName);
  return { entry, exports: new Map(exported.map((symbol) => [symbol.name, realOf(checker, symbol)])) };
}

async function apiReport(checker: ts.TypeChecker, { entry, exports }: Face, faces: readonly Face[]): Promise<string> {
  // What the package that declares it exports too is in the report of that package.
  const elsewhere = new Set(
    faces
      .filter((face) => packageOf(face.entry) !== packageOf(entry))
      .flatMap((face) =>
        [...face.exports.values()].filter((symbol) => isDeclaredIn(symbol, dirname(face.entry.types))),
      ),
  );
  const everywhere = new Set(faces.flatMap((face) => [...face.exports.values()]));
  const own = [...exports].filter(([, symbol]) => !elsewhere.has(symbol));
  const theirs = [...exports].filter(([, symbol]) => elsewhere.has(symbol)).map(([name]) => `\`${name}\``);
  const from = own.map(([, symbol]) => symbol);
  const named = reachable(checker, from, (symbol) => !everywhere.has(symbol)).sort(byName);
  const blocks = [
    `# ${entry.name}`,
    'Written by `npm run api`; do not edit. A change of this page is a change of what users may rely on.',
    ...(theirs.length > 0 ? [`Exports of other packages as they are: ${theirs.join(', ')}.`] : []),
    await code(own.flatMap(([name, symbol]) => textsOf(symbol, name))),
    ...(named.length > 0
      ? ['Named by these, and not to be imported:', await code(named.flatMap((symbol) => textsOf(symbol, symbol.name)))]
      : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const realOf = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

const isDeclaredIn = (symbol: ts.Symbol, folder: string): boolean =>
  symbol.declarations?.[0]?.getSourceFile().fileName.startsWith(`${folder}/`) === true;

const packageOf = ({ name }: Entry): string => name.split('/')[0];

const byName = (a: ts.Symbol, b: ts.Symbol): number => (a.name < b.name ? -1 : 1);

/** What `from` names, and what that names, as far as `follow` says. */
function reachable(
  checker: ts.TypeChecker,
  from: readonly ts.Symbol[],
  follow: (symbol: ts.Symbol) => boolean,
): ts.Symbol[] {
  const found = new Set<ts.Symbol>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) meet(checker.getSymbolAtLocation(node));
    ts.forEachChild(node, visit);
  };
  const meet = (symbol: ts.Symbol | undefined): void => {
    if (symbol === undefined) return;
    const target = realOf(checker, symbol);
    if (!target.declarations?.some(isOurs) || found.has(target) || !follow(target)) return;
    found.add(target);
    target.declarations?.forEach(visit);
  };
  for (const symbol of from) symbol.declarations?.forEach(visit);
  return [...found];
}

/** Declared by a module of the packages itself, not a member or a parameter of something in it. */
function isOurs(declaration: ts.Declaration): boolean {
  const file = declaration.getSourceFile().fileName;
  if (!/\/packages\/[^/]+\/dist\//.test(file) || GENERATED.test(file)) return false;
  const holder: ts.Node | undefined = ts.isVariableDeclaration(declaration)
    ? declaration.parent.parent.parent
    : declaration.parent;
  return holder !== undefined && ts.isSourceFile(holder);
}

/** Its declarations without comments, under the name that it is exported by. */
function textsOf(symbol: ts.Symbol, name: string): string[] {
  return (symbol.declarations ?? []).map((declaration) => {
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const text = printer
      .printNode(ts.EmitHint.Unspecified, inOrder(statement), declaration.getSourceFile())
      .replace(/import\("[^"]+"\)\./g, '')
      .replace(/^(export )?(declare )?/, '');
    return symbol.name === name ? text : text.replace(symbol.name, name);
  });
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
