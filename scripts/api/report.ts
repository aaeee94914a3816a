/**
 * The public face of a package as text, from the declarations that users get: every export, and every type that one of them
 * names though it cannot be imported. A change of it is seen in review, and is what a version number speaks of.
 */
import { format } from 'prettier';
import ts from 'typescript';
import type { Entry } from './entries.ts';

/** An operator's whole type says more than anyone reads; docs/operators has a page of each. */
const GENERATED = /\.gen\.d\.ts$/;

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

export async function apiReport(entry: Entry): Promise<string> {
  const program = ts.createProgram([entry.types], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    types: [],
    skipLibCheck: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry.types);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry.types} is not there: npm run build`);
  const real = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exported = checker.getExportsOfModule(module).sort(byName);
  const theirs = exported.filter((symbol) => packageOf(real(symbol)) !== packageOf(module));
  const own = exported.filter((symbol) => !theirs.includes(symbol));
  const known = new Set(exported.map(real));
  const named = reachable(
    checker,
    own.map(real),
    (symbol) => !known.has(symbol) && packageOf(symbol) === packageOf(module),
  );
  const blocks = [
    `# ${entry.name}`,
    'Written by `npm run api`; do not edit. A change of this page is a change of what users may rely on.',
    ...(theirs.length > 0
      ? [`Exports of other packages as they are: ${theirs.map(({ name }) => `\`${name}\``).join(', ')}.`]
      : []),
    await code(own.flatMap((symbol) => textsOf(real(symbol), symbol.name))),
    ...(named.length > 0
      ? [
          'Named by these, and not to be imported:',
          await code(named.sort(byName).flatMap((symbol) => textsOf(symbol, symbol.name))),
        ]
      : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const byName = (a: ts.Symbol, b: ts.Symbol): number => (a.name < b.name ? -1 : 1);

/** Folder of the package that declares it: `core`, or a name under node_modules. */
function packageOf(symbol: ts.Symbol): string {
  const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
  return /.*\/(?:packages|node_modules)\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? '';
}

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
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const top = (target.declarations ?? []).some((declaration) => isTop(declaration));
    if (!top || found.has(target) || !follow(target)) return;
    found.add(target);
    target.declarations?.forEach(visit);
  };
  for (const symbol of from) symbol.declarations?.forEach(visit);
  return [...found];
}

/** Declared by a module itself, not a member or a parameter of something in it. */
function isTop(declaration: ts.Declaration): boolean {
  if (GENERATED.test(declaration.getSourceFile().fileName)) return false;
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
      .printNode(ts.EmitHint.Unspecified, statement, declaration.getSourceFile())
      .replace(/import\("[^"]+"\)\./g, '')
      .replace(/^(export )?(declare )?/, '');
    return symbol.name === name ? text : text.replace(symbol.name, name);
  });
}

async function code(texts: readonly string[]): Promise<string> {
  const formatted = await format(texts.join('\n'), { parser: 'typescript', printWidth: 120, singleQuote: true });
  return `\`\`\`ts\n${formatted.trimEnd()}\n\`\`\``;
}
