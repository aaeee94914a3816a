/** Causes planted into tables are named, and tables that are equal stay equal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { KINDS, plantedTables } from './planted/self-test.ts';
import { makeMarket } from './planted/market.ts';
import { memorySide } from './sides/side.ts';
import { compareSides } from './table/compare.ts';
import type { Comparison } from './table/report.ts';

const market = makeMarket(77, 600);
const { time, columns } = market;
const side = (name: string, of: Record<string, Float64Array>) => memorySide(name, of, ['time']);
const against = (of: Record<string, Float64Array>): Promise<Comparison> =>
  compareSides(side('a', { time, ...columns }), side('b', of));
const causes = ({ differing }: Comparison): string[] =>
  differing.map(({ name, causes: all }) => `${name}: ${all.map(({ cause }) => cause).join(' + ')}`);

test('a table is equal to itself, and a bit is a difference', async () => {
  const same = await against({ time, ...columns });
  assert.deepEqual([same.equal, same.same, same.rows, same.differing], [true, Object.keys(columns).length, 600, []]);
  const ema = columns['ema'].slice();
  ema[400] *= 1 + Number.EPSILON;
  const found = await against({ time, ...columns, ema });
  assert.equal(found.equal, false);
  assert.deepEqual([found.differing[0].rows, found.differing[0].first.row, found.differing[0].ulps], [1, 400, 1]);
});

test('causes that act one after the other are both named, in their order', async () => {
  const z = columns['z'].map((_, i) => (i < 5 ? NaN : Math.round(columns['z'][i - 5] * 100) / 100));
  assert.deepEqual(causes(await against({ time, ...columns, z })), ['z: lag + rounded']);
  const rsi = columns['rsi'].map((x) => (x === x ? -x : 0));
  assert.deepEqual(causes(await against({ time, ...columns, rsi })), ['rsi: sign + NaN as a constant']);
});

test('the same cause in most columns is the table’s, once', async () => {
  const late = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, values.map((_, i) => (i < 2 ? NaN : values[i - 2]))]),
  );
  const { findings } = await against({ time, ...late });
  assert.deepEqual(
    findings.map(({ name }) => name),
    ['lag'],
  );
  assert.match(findings[0].text, /every column|of 18 columns/);
});

test('stamps at the close are told from a lag, and named beside what looks the same', async () => {
  const { findings, differing, equal } = await against({ time: time.map((t) => t + 15 * 60e6), ...columns });
  assert.equal(findings[0].name, 'close stamp');
  assert.deepEqual([differing, equal], [[], false]);
});

test('columns and rows that one side alone has are differences', async () => {
  const { rsi, ...rest } = columns;
  const renamed = await against({ time, ...rest, momentum: rsi });
  assert.deepEqual([renamed.equal, renamed.onlyA, renamed.onlyB], [false, ['rsi'], ['momentum']]);
  assert.equal(renamed.findings[0].name, 'renamed');
  const sides = [side('a', { time, ...columns }), side('b', { time, ...rest, momentum: rsi })] as const;
  const mapped = await compareSides(...sides, { map: [{ a: 'rsi', b: 'momentum' }] });
  assert.equal(mapped.equal, true);
});

test('a tolerance takes what is near as the same', async () => {
  const ema = columns['ema'].map((x) => x * (1 + 1e-12));
  const sides = [side('a', { time, ...columns }), side('b', { time, ...columns, ema })] as const;
  assert.equal((await compareSides(...sides)).equal, false);
  assert.equal((await compareSides(...sides, { tolerance: 1e-10 })).equal, true);
});

test('nothing in common is no answer', async () => {
  const later = time.map((t) => t + 365 * 86_400e6);
  const isInput = (error: unknown): boolean => error instanceof MinotaurError && error.kind === 'input';
  await assert.rejects(against({ time: later, ...columns }), isInput);
  await assert.rejects(against({ time, other: columns['rsi'] }), isInput);
});

test('of causes that are planted nearly all are named, and no column without one differs', async () => {
  assert.ok(KINDS >= 40);
  const missed: string[] = [];
  let tables = 0;
  for await (const { planted, named, falseColumns, found } of plantedTables(PLANTED, 1)) {
    tables++;
    assert.deepEqual(falseColumns, [], planted.join(' + '));
    if (!named) missed.push(`${planted.join(' + ')}: ${found.join(', ')}`);
  }
  assert.ok(missed.length <= 0.05 * tables, missed.join('\n'));
});

/** Every kind alone, and some pairs; 500 in test/long. */
const PLANTED = 100;
