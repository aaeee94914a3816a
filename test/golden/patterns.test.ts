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
const data = read('data.json') as Record<string, Table>;
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'data.json');

/** The candles times a factor, without values in the first rows. */
function scaled(table: Table, factor: number, missing: number): Table {
  return Object.fromEntries(
    Object.entries(table).map(([name, column]) => [
      name,
      Array.from(column, (value, row) => (row < missing ? NaN : value * factor)),
    ]),
  );
}

for (const file of files) {
  const { cases } = read(file) as { cases: readonly Case[] };
  test(`TA-Lib: ${file.replace('.json', '')}`, () => {
    assert.ok(cases.some(({ values }) => Object.keys(values).length > 0));
    for (const { data: name, times, missing = 0, expression, lookback, values } of cases) {
      for (const factor of [1, ...times]) {
        const { out } = runFeatures([`${expression} as out`], scaled(data[name], factor, missing));
        out.forEach((value, row) => {
          const expected = row < lookback ? NaN : (values[row] ?? 0);
          const label = `${expression} on ${name} * ${factor}, row ${row}`;
          assert.ok(Object.is(value, expected), `${label}: ${value} instead of ${expected}`);
        });
      }
    }
  });
}

test('all patterns at once share four averages, and have the values they have alone', () => {
  const names = Object.keys(operators).filter((name) => name.startsWith('cdl'));
  assert.deepEqual(names.map((name) => `${name}.json`).sort(), files.sort());
  const features = names.map((name) => `${name}() as ${name}`);
  const { nodes } = buildGraph(features, Object.keys(data['random']), catalogue);
  // The averages are made of two differences, an absolute value and the shadows; the steps and traits of a candle are two more,
  // and the shapes of one, two and three candles five.
  assert.equal(nodes.length, 61 + 4 + 4 + 2 + 5);
  const together = runFeatures(features, data['random'], [1, 7]);
  for (const name of names) {
    assert.deepEqual(together[name], runFeatures([`${name}() as alone`], data['random'])['alone'], name);
  }
});
