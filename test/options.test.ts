/**
 * What plain JavaScript hands over is held to the types: every exported function that takes options, as the compiler sees them, refuses
 * an option that it has not, one that is missing, and one of another kind, before it does anything.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import ts from 'typescript';
import { MinotaurError } from 'minotaur';
import { publicEntries } from '../scripts/api/entries.ts';

/** `minotaur/client` goes into pages without anything of core: it has no such table yet. */
const entries = publicEntries().filter(
  ({ name }) => (name === 'minotaur' || name.startsWith('minotaur/')) && name !== 'minotaur/client',
);
const program = ts.createProgram(
  entries.map(({ source }) => source),
  {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    allowImportingTsExtensions: true,
    customConditions: ['minotaur-source'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
  },
);
const checker = program.getTypeChecker();

/** Functions of `minotaur/runs` that are given data, not options. */
const OF_DATA = new Set(['arrayIndex', 'measureEvaluation']);
/** Exports of core, which has its own, and what this library hands out itself to be given back. */
const isOwn = (declaration: ts.Node): boolean => declaration.getSourceFile().fileName.includes('/packages/minotaur/');

interface Option {
  readonly name: string;
  readonly type: ts.Type;
  readonly isOptional: boolean;
}
interface Taker {
  readonly name: string;
  readonly call: (...given: readonly unknown[]) => unknown;
  /** Of what stands before the options. */
  readonly before: readonly ts.Type[];
  readonly options: readonly Option[];
}

const isOptionsName = (type: ts.Type): boolean =>
  /(Options|Place)$/.test((type.aliasSymbol ?? type.symbol)?.name ?? '');

async function takersOf({ name, source }: { readonly name: string; readonly source: string }): Promise<Taker[]> {
  const file = program.getSourceFile(source);
  assert.ok(file, source);
  const module = checker.getSymbolAtLocation(file);
  assert.ok(module, source);
  const loaded = (await import(pathToFileURL(source).href)) as Record<string, Taker['call']>;
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const [declaration] = symbol.declarations ?? [];
    if (!(symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) || !isOwn(declaration)) return [];
    const [signature] = checker.getTypeOfSymbol(symbol).getCallSignatures();
    const parameters = (signature?.getParameters() ?? []).map((one) =>
      checker.getNonNullableType(checker.getTypeOfSymbol(one)),
    );
    const at = parameters.findIndex((type) => isOptionsName(type));
    if (at < 0) {
      const isBare = parameters.some(
        (type) => type.isClassOrInterface() || (type.symbol as ts.Symbol | undefined)?.name === '__type',
      );
      const isRun = name === 'minotaur/runs' && isBare && !OF_DATA.has(exported.name);
      assert.ok(!isRun, `${exported.name} takes an object whose type is not called ...Options`);
      return [];
    }
    const options = checker.getPropertiesOfType(parameters[at]).map((property) => ({
      name: property.name,
      type: checker.getNonNullableType(checker.getTypeOfSymbol(property)),
      isOptional: (property.flags & ts.SymbolFlags.Optional) !== 0,
    }));
    return [{ name: exported.name, call: loaded[exported.name], before: parameters.slice(0, at), options }];
  });
}

const partsOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);
const isFlag = (type: ts.Type, flags: ts.TypeFlags): boolean => (type.flags & flags) !== 0;
const isFunction = (type: ts.Type): boolean => type.getCallSignatures().length > 0;
const elementOf = (type: ts.Type): ts.Type | undefined =>
  checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;

/** They take the section `input` of a configuration, which is of trades and of bars. */
const READERS: ReadonlySet<string> = new Set(['openTrades', 'openTradesInThread', 'openBars', 'readBars']);

/** Where the type is wider than what is taken. */
const NARROWER: Readonly<Record<string, unknown>> = { role: 'read' };

/** Something of a type. */
function sampleOf(type: ts.Type): unknown {
  const [part] = partsOf(type);
  if (part.isStringLiteral() || part.isNumberLiteral()) return part.value;
  if (isFlag(part, ts.TypeFlags.BooleanLike)) return true;
  if (isFlag(part, ts.TypeFlags.StringLike)) return 'x';
  if (isFlag(part, ts.TypeFlags.NumberLike)) return 1;
  if (isFunction(part)) return () => undefined;
  if (part.symbol.name === 'AbortSignal') return new AbortController().signal;
  const element = elementOf(part);
  if (element !== undefined) return [sampleOf(element)];
  const needed = checker.getPropertiesOfType(part).filter(({ flags }) => !(flags & ts.SymbolFlags.Optional));
  return Object.fromEntries(
    needed.map((one) => [one.name, sampleOf(checker.getNonNullableType(checker.getTypeOfSymbol(one)))]),
  );
}

const WRONG: readonly unknown[] = [
  5,
  NaN,
  'no such word',
  true,
  null,
  () => 1,
  Symbol('x'),
  5n,
  [Symbol('x')],
  { a: Symbol('x') },
  new Set(['x']),
];

/** Whether a value may be of a type, by what can be seen of it. */
function mayBe(value: unknown, type: ts.Type): boolean {
  return partsOf(type).some((part) => {
    if (part.isStringLiteral() || part.isNumberLiteral()) return part.value === value;
    if (isFlag(part, ts.TypeFlags.BooleanLiteral))
      return typeof value === 'boolean' && String(value) === checker.typeToString(part);
    if (isFlag(part, ts.TypeFlags.StringLike)) return typeof value === 'string';
    if (isFlag(part, ts.TypeFlags.NumberLike)) return typeof value === 'number' && !Number.isNaN(value);
    if (isFunction(part)) return typeof value === 'function';
    if (typeof value !== 'object' || value === null) return false;
    const element = elementOf(part);
    if (element !== undefined) return Array.isArray(value) && value.every((one) => mayBe(one, element));
    if (Array.isArray(value)) return false;
    const index = checker.getIndexTypeOfType(part, ts.IndexKind.String);
    if (index !== undefined && value instanceof Set) return false;
    return index === undefined
      ? part.symbol.name !== 'AbortSignal'
      : Object.values(value).every((one) => mayBe(one, index));
  });
}

/** A promise is rejected, as those who catch what it says expect. */
async function refusal({ name, call, before }: Taker, options: unknown): Promise<MinotaurError> {
  try {
    await inPlace(async () => call(...before.map(sampleOf), options));
  } catch (error) {
    assert.ok(error instanceof MinotaurError, `${name} ${printed(options)}: ${String(error)}`);
    return error;
  }
  return assert.fail(`${name} takes ${printed(options)}`);
}

const printed = (options: unknown): string => {
  const shown = options as Readonly<Record<string, unknown>>;
  return Object.entries(shown ?? {})
    .map(([name, value]) => `${name}: ${inspect(value)}`)
    .join(', ');
};

const takers = (await Promise.all(entries.map(takersOf))).flat();
const unique = [...new Map(takers.map((taker) => [taker.name, taker])).values()];
const allNames = [...new Set(unique.flatMap(({ options }) => options.map(({ name }) => name)))];
const place = mkdtempSync(join(tmpdir(), 'minotaur-options-'));

/** What a call leaves, it leaves here; tests of other files share the process. */
async function inPlace<T>(run: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(place);
  try {
    return await run();
  } finally {
    process.chdir(before);
  }
}

test('there are such functions', () => {
  assert.ok(unique.length > 45, unique.map(({ name }) => name).join());
});

for (const taker of unique) {
  const { name, options } = taker;
  const needed = options.filter(({ isOptional }) => !isOptional);
  const sound = (without?: string): Record<string, unknown> =>
    Object.fromEntries(
      needed.filter((one) => one.name !== without).map((one) => [one.name, NARROWER[one.name] ?? sampleOf(one.type)]),
    );

  test(`${name} refuses options that it has not`, async () => {
    const isReader = READERS.has(name);
    const others = isReader ? unique.filter((one) => READERS.has(one.name)) : [taker];
    const known = new Set(others.flatMap((one) => one.options.map((option) => option.name)));
    for (const other of [...allNames, 'constructor', 'x'].filter((one) => !known.has(one))) {
      const { facts, message } = await refusal(taker, { ...sound(), [other]: undefined });
      assert.equal(facts.where, name, message);
      assert.ok(facts.found.startsWith(`'${other}'`), message);
    }
    const misspelt = options.map((one) => one.name).find((one) => one.length > 3);
    if (misspelt === undefined) return;
    const { message } = await refusal(taker, {
      ...sound(misspelt),
      [misspelt.toUpperCase().slice(0, 1) + misspelt.slice(1)]: 1,
    });
    assert.ok(message.includes(`(did you mean '${misspelt}'?)`), message);
  });

  test(`${name} refuses what is missing, and what is no options`, async () => {
    for (const one of needed) {
      const { facts } = await refusal(taker, sound(one.name));
      assert.deepEqual([facts.where, facts.found], [`${name}, ${one.name}`, 'nothing']);
    }
    const none = needed.length > 0 ? [undefined] : [];
    for (const value of [...none, null, 5, 'text', ['x']])
      assert.equal((await refusal(taker, value)).facts.where, name);
  });

  test(`${name} refuses what is of another kind`, async () => {
    for (const { name: option, type } of options)
      for (const value of WRONG.filter((one) => !mayBe(one, type))) {
        const { facts, message } = await refusal(taker, { ...sound(), [option]: value });
        assert.ok(facts.where === `${name}, ${option}` || facts.where.startsWith(`${name}, ${option}.`), message);
      }
  });
}

test('nothing was done before', () => assert.deepEqual(readdirSync(place), []));
