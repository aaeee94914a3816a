/** What can be imported is documented: every export of every path, and every member of its interfaces and classes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { publicEntries, type Entry } from '../scripts/api/entries.ts';
import { built } from './main.ts';

const entries = publicEntries();
/** Of what has just been built, the declarations: as users have them, and read in a third of the time. */
const fileOf = ({ source, types }: Entry): string => (built ? types : source);

interface Found {
  /** How many things the path exports. */
  readonly count: number;
  /** Those without a docstring; and members of those that are interfaces or classes. */
  readonly exports: readonly string[];
  readonly members: readonly string[];
}

const isDocumented = (symbol: ts.Symbol, checker: ts.TypeChecker): boolean =>
  symbol.getDocumentationComment(checker).length > 0;

/** Members that the interface or class itself declares, not those it extends; what is private has no part in it. */
function membersOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  return (symbol.declarations ?? [])
    .filter((declaration) => ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration))
    .flatMap<ts.Declaration>(({ members }) => [...members])
    .filter((member) => !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private))
    .flatMap((member) => ts.getNameOfDeclaration(member) ?? [])
    .filter((name) => !ts.isPrivateIdentifier(name))
    .flatMap((name) => checker.getSymbolAtLocation(name) ?? []);
}

/**
 * What has no docstring, by path. The compiler's program ends with this function: kept, its hundreds of megabytes would be gone
 * through by every collection of garbage of the tests behind these.
 */
function undocumented(): ReadonlyMap<string, Found> {
  const program = ts.createProgram(entries.map(fileOf), {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    allowImportingTsExtensions: true,
    customConditions: built ? [] : ['minotaur-source'],
    types: ['node'],
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const found = entries.map((entry): [string, Found] => {
    const source = program.getSourceFile(fileOf(entry));
    const module = source && checker.getSymbolAtLocation(source);
    assert.ok(module, fileOf(entry));
    const symbols = checker
      .getExportsOfModule(module)
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
    return [
      entry.name,
      {
        count: symbols.length,
        exports: symbols.filter((symbol) => !isDocumented(symbol, checker)).map(({ name }) => name),
        members: symbols.flatMap((symbol) =>
          membersOf(symbol, checker)
            .filter((member) => !isDocumented(member, checker))
            .map((member) => `${symbol.name}.${member.name}`),
        ),
      },
    ];
  });
  return new Map(found);
}

let known: ReadonlyMap<string, Found> | undefined;
const foundOf = (name: string): Found => (known ??= undocumented()).get(name) ?? assert.fail(name);

test('the packages say what can be imported of them', () => {
  const names = entries.map(({ name }) => name);
  assert.ok(names.includes('minotaur-core') && names.includes('minotaur'), names.join());
});

for (const { name } of entries) {
  test(`${name}: every export has a docstring`, () => {
    assert.ok(foundOf(name).count > 0);
    assert.deepEqual(foundOf(name).exports, []);
  });

  test(`${name}: every member of an exported interface or class has one`, () => {
    assert.deepEqual(foundOf(name).members, []);
  });
}
