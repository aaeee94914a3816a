/**
 * Candlestick patterns against TA-Lib: every file of `patterns/` is a test, made by `patterns/make_patterns.py`. Every
 * value has to be the same integer; before the lookback, where TA-Lib has 0, ours is NaN.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { operators } from '../../packages/core/src/features/catalogue.gen.ts';
import { catalogue } from '../../packages/core/src/features/catalogue.ts';
import { buildGraph } from '../../packages/core/src/features/contract/graph.ts';
import { runFeatures, type Table } from '../run-features.ts';

interface Case {
  readonly data: string;
  /** What prices are multiplied by, besides 1, without another value coming out: down to 1e-8 and up to 1e8. */
  readonly times: readonly number[];
  /** First rows of the data that are without values. Default none. */
  readonly missing?: number;
  readonly expression: string;
  readonly lookback: number;
  /** Those that are not 0, by row. */
  readonly values: Readonly<Record<string, number>>;
}

const folder = new URL('patterns/', import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const tables = read('data.json') as Record<string, Table>;
/** Rows at a time: room for all of a table at once takes longer to be had than its patterns. */
const BLOCKS = [1000];
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'data.json');

const made = new Map<string, Table>();

/** The candles of a table times a factor, without values in the first rows; every pattern takes the same few. */
function scaled(data: string, factor: number, missing: number): Table {
  const key = `${data} ${factor} ${missing}`;
  const table = made.get(key) ?? multiplied(tables[data], factor, missing);
  made.set(key, table);
  return table;
}

function multiplied(table: Table, factor: number, missing: number): Table {
  return Object.fromEntries(
    Object.entries(table).map(([name, column]) => [
      name,
      Float64Array.from(column, (value, row) => (row < missing ? NaN : value * factor)),
    ]),
  );
}

for (const file of files) {
  const { cases } = read(file) as { cases: readonly Case[] };
  test(`TA-Lib: ${file.replace('.json', '')}`, () => {
    assert.ok(cases.some(({ values }) => Object.keys(values).length > 0));
    for (const { data, times, missing = 0, expression, lookback, values } of cases) {
      for (const factor of [1, ...times]) {
        const { out } = runFeatures([`${expression} as out`], scaled(data, factor, missing), BLOCKS);
        const expected = Float64Array.from(out, (_value, row) => (row < lookback ? NaN : (values[row] ?? 0)));
        const row = out.findIndex((value, i) => !Object.is(value, expected[i]));
        assert.ok(row < 0, `${expression} on ${data} * ${factor}, row ${row}: ${out[row]} instead of ${expected[row]}`);
      }
    }
  });
}

test('all patterns at once share four averages, and have the values they have alone', () => {
  const names = Object.keys(operators).filter((name) => name.startsWith('cdl'));
  assert.deepEqual(names.map((name) => `${name}.json`).sort(), files.sort());
  const features = names.map((name) => `${name}() as ${name}`);
  const { nodes } = buildGraph(features, Object.keys(tables['random']), catalogue);
  // The averages are made of two differences, an absolute value and the shadows; the steps and traits of a candle are two more,
  // and the shapes of one, two and three candles five.
  assert.equal(nodes.length, 61 + 4 + 4 + 2 + 5);
  const together = runFeatures(features, tables['random'], [1, 7]);
  for (const name of names) {
    assert.deepEqual(together[name], runFeatures([`${name}() as alone`], tables['random'])['alone'], name);
  }
});
