import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from 'minotaur-core/internal/features/catalogue';
import type { Operator } from 'minotaur-core/internal/features/contract/operator';
import { runningSum } from '../../../../../test/laws/broken/running-sum.ts';
import { seededEma } from '../../../../../test/laws/broken/seeded-ema.ts';
import { hastyFading } from '../../../../../test/laws/broken/hasty-fading.ts';
import { shortFading } from '../../../../../test/laws/broken/short-fading.ts';
import { unboundedMean } from '../../../../../test/laws/broken/unbounded-mean.ts';
import { measureOperator, rowsToSettle } from './operator-memory.ts';

const measure = (name: string, params?: readonly number[]) => {
  const op = catalogue.get(name) as Operator;
  return measureOperator(op, catalogue, params === undefined ? undefined : [...params]);
};

test('what every operator of the catalogue declares is what it does', () => {
  for (const op of catalogue.values()) {
    const { first, compared } = measureOperator(op, catalogue);
    assert.equal(first, null);
    assert.ok(compared > 1000, `${op.name} was compared over ${compared} rows`);
  }
});

for (const [name, rows] of [
  ['sma', 14],
  ['rolling_skew', 14],
  ['log_return', 2],
] as const) {
  test(`${name} is measured as finite after exactly the rows it declares`, () => {
    assert.deepEqual(
      rowsToSettle(measure(name)).map((one) => one.rows),
      [rows, rows, rows, rows, rows],
    );
  });
}

test('an exponential average fades as its formula says', () => {
  const alpha = 2 / 15;
  const settled = rowsToSettle(measure('ema', [14]));
  for (const [l, level] of [1e-3, 1e-6, 1e-9, 1e-12].entries()) {
    const expected = 14 + Math.log(level) / Math.log1p(-alpha);
    assert.ok(
      Math.abs((settled[l].rows ?? NaN) - expected) < 20,
      `${settled[l].rows} rows to ${level}, not ${expected}`,
    );
  }
  assert.notEqual(settled[4].rows, null, 'it reaches equal bits');
});

test('a cumulative sum never settles', () => {
  assert.deepEqual(
    rowsToSettle(measure('obv')).map((one) => one.rows),
    [null, null, null, null, null],
  );
});

const planted: readonly (readonly [Operator, RegExp])[] = [
  [
    shortFading,
    /short_fading\(\), output value: declared fading with 20 rows.* at row \d+, \d+ rows after a start at offset \d+/,
  ],
  [seededEma, /declared finite .*expected the same bits/],
  [runningSum, /declared finite .*expected the same bits/],
  [unboundedMean, /declared unbounded, but no late start shows/],
];
for (const [op, message] of planted) {
  test(`a wrong declaration is contradicted: ${op.summary}`, () => {
    const { first } = measureOperator(op, new Map([[op.name, op]]));
    assert.match(first ?? 'nothing', message);
  });
}

test('an operator is held to what it declares at the tolerance that is asked for', () => {
  for (const tolerance of [1e-3, 1e-6, 1e-9]) {
    const { declared, first } = measureOperator(catalogue.get('ema') as Operator, catalogue, [14], tolerance);
    assert.deepEqual([declared.class === 'fading' && declared.tolerance, first], [tolerance, null]);
  }
  const hasty = new Map([[hastyFading.name, hastyFading]]);
  assert.equal(measureOperator(hastyFading, hasty).first, null);
  assert.match(measureOperator(hastyFading, hasty, [], 1e-3).first ?? '', /declared fading with 3 rows.*below 0.001/);
});
