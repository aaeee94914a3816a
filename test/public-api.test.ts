/** What can be imported is documented: every export of every path, and every member of its interfaces and classes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { publicEntries } from '../scripts/api/entries.ts';

const entries = publicEntries();
const program = ts.createProgram(
  entries.map(({ source }) => source),
  {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    allowImportingTsExtensions: true,
    customConditions: ['minotaur-source'],
    types: ['node'],
    noEmit: true,
  },
);
const checker = program.getTypeChecker();

function exportsOf(file: string): readonly ts.Symbol[] {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  assert.ok(module, file);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

const isDocumented = (symbol: ts.Symbol): boolean => symbol.getDocumentationComment(checker).length > 0;

/** Members that the interface or class itself declares, not those it extends; what is private has no part in it. */
function membersOf(symbol: ts.Symbol): ts.Symbol[] {
  return (symbol.declarations ?? [])
    .filter((declaration) => ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration))
    .flatMap<ts.Declaration>(({ members }) => [...members])
    .filter((member) => !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private))
    .flatMap((member) => ts.getNameOfDeclaration(member) ?? [])
    .filter((name) => !ts.isPrivateIdentifier(name))
    .flatMap((name) => checker.getSymbolAtLocation(name) ?? []);
}

test('the packages say what can be imported of them', () => {
  const names = entries.map(({ name }) => name);
  assert.ok(names.includes('minotaur-core') && names.includes('minotaur'), names.join());
});

for (const { name, source } of entries) {
  test(`${name}: every export has a docstring`, () => {
    const symbols = exportsOf(source);
    assert.ok(symbols.length > 0);
    assert.deepEqual(
      symbols.filter((symbol) => !isDocumented(symbol)).map((symbol) => symbol.name),
      [],
    );
  });

  test(`${name}: every member of an exported interface or class has one`, () => {
    const missing = exportsOf(source).flatMap((symbol) =>
      membersOf(symbol)
        .filter((member) => !isDocumented(member))
        .map((member) => `${symbol.name}.${member.name}`),
    );
    assert.deepEqual(missing, []);
  });
}
