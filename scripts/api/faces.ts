/**
 * What each entry of the packages exports, from the declarations that users get, and every type that one of the exports names
 * though it cannot be imported.
 */
import { dirname } from 'node:path';
import ts from 'typescript';
import type { Entry } from './entries.ts';

/** An operator's whole type says more than anyone reads; docs/operators has a page of each. */
const GENERATED = /\.gen\.d\.ts$/;

/** What the public entries give, one face each. */
export function facesOf(entries: readonly Entry[]): {
  readonly checker: ts.TypeChecker;
  readonly faces: readonly Face[];
} {
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
  const all = entries.map((entry) => ({ entry, exports: exportsOf(program, checker, entry) }));
  return { checker, faces: all.map((one) => faceOf(checker, one, all)) };
}

export interface Face {
  readonly entry: Entry;
  /** What it exports and no other package does, by the name that it is imported by. */
  readonly own: readonly Named[];
  /** Names that it exports of other packages, as they are. */
  readonly theirs: readonly string[];
  /** What its own exports name, and nobody can import. */
  readonly named: readonly Named[];
}

export interface Named {
  readonly name: string;
  readonly symbol: ts.Symbol;
}

interface Exports {
  readonly entry: Entry;
  /** What each exported name stands for. */
  readonly exports: ReadonlyMap<string, ts.Symbol>;
}

function exportsOf(program: ts.Program, checker: ts.TypeChecker, { types }: Entry): Map<string, ts.Symbol> {
  const source = program.getSourceFile(types);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${types} is not there: npm run build`);
  const exported = checker.getExportsOfModule(module).sort(byName);
  return new Map(exported.map((symbol) => [symbol.name, realOf(checker, symbol)]));
}

function faceOf(checker: ts.TypeChecker, { entry, exports }: Exports, all: readonly Exports[]): Face {
  // What the package that declares it exports too is in the report of that package.
  const elsewhere = new Set(
    all
      .filter((one) => packageOf(one.entry) !== packageOf(entry))
      .flatMap((one) => [...one.exports.values()].filter((symbol) => isDeclaredIn(symbol, dirname(one.entry.types)))),
  );
  const everywhere = new Set(all.flatMap((one) => [...one.exports.values()]));
  const named = [...exports].map(([name, symbol]) => ({ name, symbol }));
  const own = named.filter(({ symbol }) => !elsewhere.has(symbol));
  const from = own.map(({ symbol }) => symbol);
  return {
    entry,
    own,
    theirs: named.filter(({ symbol }) => elsewhere.has(symbol)).map(({ name }) => name),
    named: reachable(checker, from, (symbol) => !everywhere.has(symbol))
      .sort(byName)
      .map((symbol) => ({ name: symbol.name, symbol })),
  };
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

/** What declares a symbol: of a constant, the whole statement. */
export const statementsOf = ({ declarations = [] }: ts.Symbol): ts.Node[] =>
  declarations.map((declaration) => (ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration));

/** A declaration's text without what only a file of declarations needs, under the name that it is exported by. */
export function asExported(text: string, { name, symbol }: Named): string {
  const bare = text.replace(/import\("[^"]+"\)\./g, '').replace(/^(export )?(declare )?/, '');
  return symbol.name === name ? bare : bare.replace(symbol.name, name);
}
