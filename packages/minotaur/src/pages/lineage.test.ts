import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { lineageOf } from '#view';
import { lineageData } from './lineage.ts';

const data = lineageData(createPlan(parseConfig('minotaur')));
const titles = (feature: string): string[][] =>
  lineageOf(data, feature).layers.map((layer) => layer.map((c) => c.title));

test('a feature comes from operators, bar columns and clocks, down to the trades', () => {
  const layers = titles('macd_hist_db_m');
  assert.deepEqual(layers.slice(0, 4), [['trades'], ['short'], ['medium'], ['close']]);
  assert.deepEqual(layers.at(-1), ['macd_hist_db_m']);
  assert.ok(layers.flat().some((title) => title.startsWith('macd(12, 26, 9)') || title.startsWith('ema(')));
});

test('every feature of the preset has a lineage whose edges lead down, from a source to the feature', () => {
  for (const { features } of data.clocks) {
    for (const [name] of features) {
      const { layers, edges } = lineageOf(data, name);
      const layerOf = new Map(layers.flatMap((layer, i) => layer.map(({ id }) => [id, i] as const)));
      for (const [from, to] of edges) assert.ok((layerOf.get(from) as number) < (layerOf.get(to) as number), name);
      const reached = new Set(['feature']);
      for (const [from, to] of edges.toReversed()) if (reached.has(to)) reached.add(from);
      assert.equal(reached.size, layerOf.size, `${name}: a chip leads nowhere`);
      assert.ok(reached.has('source'));
    }
  }
});

test('an age comes from its clock alone, and what is not there has no lineage', () => {
  assert.deepEqual(titles('age_db_s'), [['trades'], ['short'], ['age_db_s']]);
  assert.deepEqual(titles('no_such_feature'), []);
});

test('a feature of rows comes from columns of the row, down to the trades of every clock in it', () => {
  const rows = lineageData(
    createPlan(
      parseConfig({
        clocks: { a: { bars: 'tick', threshold: 5 }, b: { bars: 'time', every: '1min' } },
        features: {
          a: ['ema(close, 3)'],
          b: ['close'],
          rows: ['sma(ema_3_a / close_b, 4) as s', 'time - lag(time, 1) as t'],
        },
      }),
    ),
  );
  const layers = lineageOf(rows, 's').layers.map((layer) => layer.map(({ title }) => title));
  const all = ['a', 'b', 'close', 'close', 'close_b', 'div', 'ema(3)', 'ema_3_a', 's', 'sma(4)', 'trades'];
  assert.deepEqual(layers.flat().toSorted(), all);
  assert.deepEqual(layers.at(-1), ['s']);
  assert.deepEqual(
    lineageOf(rows, 't')
      .layers.flat()
      .map(({ title }) => title),
    ['trades', 'a', 'rows', 'time', 'lag(1)', 'sub', 't'],
  );
});

test('a feature of a series comes from its values, and they from the series', () => {
  const series = lineageData(
    createPlan(
      parseConfig({
        clocks: { a: { bars: 'tick', threshold: 5 }, f: { series: ['rate'] } },
        features: { a: ['close'], f: ['diff(rate, 1) as change'] },
      }),
    ),
  );
  assert.deepEqual(
    lineageOf(series, 'change_f')
      .layers.flat()
      .map(({ title }) => title),
    ['series', 'f', 'rate', 'diff(1)', 'change_f'],
  );
});
