/** What the package exports is documented, path by path: every name, and every member of every interface. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Entries of the package, and names that each has at least. */
const ENTRIES = { index: 80, files: 20, runs: 50, model: 8 };
const pathOf = (name: string): string => fileURLToPath(new URL(`../packages/minotaur/src/${name}.ts`, import.meta.url));
const program = ts.createProgram(Object.keys(ENTRIES).map(pathOf), {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
  allowImportingTsExtensions: true,
  customConditions: ['source'],
  noEmit: true,
});
const checker = program.getTypeChecker();

function exportedBy(name: string): readonly ts.Symbol[] {
  const source = program.getSourceFile(pathOf(name));
  const module = source && checker.getSymbolAtLocation(source);
  assert.ok(module);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

const isDocumented = (symbol: ts.Symbol): boolean => symbol.getDocumentationComment(checker).length > 0;

/** Members that the interface itself declares, not those it extends. */
function membersOf(symbol: ts.Symbol): ts.Symbol[] {
  return (symbol.declarations ?? [])
    .filter(ts.isInterfaceDeclaration)
    .flatMap(({ members }) => members.map((member) => member.name && checker.getSymbolAtLocation(member.name)))
    .filter((member) => member !== undefined);
}

for (const [entry, least] of Object.entries(ENTRIES)) {
  test(`every export of ${entry} has a docstring`, () => {
    const symbols = exportedBy(entry);
    assert.ok(symbols.length > least, `${symbols.length} exports`);
    assert.deepEqual(
      symbols.filter((symbol) => !isDocumented(symbol)).map(({ name }) => name),
      [],
    );
  });

  test(`every member of an interface that ${entry} exports has one`, () => {
    const missing = exportedBy(entry).flatMap((symbol) =>
      membersOf(symbol)
        .filter((member) => !isDocumented(member))
        .map(({ name }) => `${symbol.name}.${name}`),
    );
    assert.deepEqual(missing, []);
  });
}
