/** What the package exports, `minotaur/testing` included, is documented: every name, and every member of every interface. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const entries = ['index', 'testing'].map((name) =>
  fileURLToPath(new URL(`../packages/minotaur/src/${name}.ts`, import.meta.url)),
);
const program = ts.createProgram(entries, {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
  allowImportingTsExtensions: true,
  customConditions: ['source'],
  noEmit: true,
});
const checker = program.getTypeChecker();

const exported = (): readonly ts.Symbol[] => entries.flatMap(exportedBy);

function exportedBy(entry: string): readonly ts.Symbol[] {
  const source = program.getSourceFile(entry);
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

test('every export has a docstring', () => {
  const symbols = exported();
  assert.ok(symbols.length > 80, `${symbols.length} exports`);
  assert.deepEqual(
    symbols.filter((symbol) => !isDocumented(symbol)).map(({ name }) => name),
    [],
  );
});

test('every member of an exported interface has one', () => {
  const missing = exported().flatMap((symbol) =>
    membersOf(symbol)
      .filter((member) => !isDocumented(member))
      .map(({ name }) => `${symbol.name}.${name}`),
  );
  assert.deepEqual(missing, []);
});
