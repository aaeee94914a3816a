/** Selection by each rule, and as a whole against definitions written down plainly. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { correlationMatrix } from './correlation.ts';
import { dropInflated } from './inflation.ts';
import { selectColumns, type SelectionRules } from './selection.ts';

const all: SelectionRules = { include: ['*'], exclude: [], constant: true, correlation: null, inflation: null };
const column = (...values: number[]): Float64Array => Float64Array.from(values);
const a = column(1, 2, 3, 4, 5, 6);
const b = column(2, -1, 4, 0, 3, 3);
const c = column(0, 5, -2, 1, 7, 2);
const sum = a.map((value, i) => value + 2 * b[i]);
const flat = new Float64Array(6).fill(7);

test('include and exclude take patterns; a pattern that matches nothing is refused', () => {
  const names = ['rsi_14_s', 'rsi_14_m', 'close_s', 'rsi_7_s'];
  const pick = (rules: Partial<SelectionRules>) => selectColumns(names, [a, b, c, sum], { ...all, ...rules });
  assert.deepEqual(pick({ include: ['rsi_*_s', 'close?s'] }).kept, ['rsi_14_s', 'close_s', 'rsi_7_s']);
  assert.deepEqual(pick({ exclude: ['*_m', 'rsi_?_s'] }), {
    kept: ['rsi_14_s', 'close_s'],
    dropped: [
      { name: 'rsi_14_m', reason: 'excluded' },
      { name: 'rsi_7_s', reason: 'excluded' },
    ],
  });
  assert.deepEqual(pick({ include: ['close_s'] }).dropped[0], { name: 'rsi_14_s', reason: 'not included' });
  assert.throws(() => pick({ include: ['rsi.14_s'] }), /selection\.include: .*'rsi\.14_s', which matches none of 4/);
  assert.throws(() => pick({ exclude: ['*'] }), /at least one column to keep/);
});

test('constant columns go, or stay and take no part in what follows', () => {
  const pick = (constant: boolean) =>
    selectColumns(['a', 'flat', 'b'], [a, flat, b], { ...all, constant, correlation: 0.9, inflation: 5 });
  assert.deepEqual(pick(true).dropped, [{ name: 'flat', reason: 'constant: 7' }]);
  assert.deepEqual(pick(false).kept, ['a', 'flat', 'b']);
});

test('of a correlated pair the later goes, whatever the sign; a dropped column drops no other', () => {
  const minus = a.map((value) => -3 * value);
  const { kept, dropped } = selectColumns(['b', 'a', 'minus'], [b, a, minus], { ...all, correlation: 0.99 });
  assert.deepEqual(kept, ['b', 'a']);
  assert.deepEqual(dropped, [{ name: 'minus', reason: 'correlation -1.00000 with a, above 0.99' }]);
});

test('a column that others add up to has infinite inflation: the last of them goes', () => {
  const { kept, dropped } = selectColumns(['a', 'b', 'sum', 'c'], [a, b, sum, c], { ...all, inflation: 100 });
  assert.deepEqual(kept, ['a', 'b', 'c']);
  assert.deepEqual(dropped, [{ name: 'sum', reason: 'variance inflation infinite: collinear with others, above 100' }]);
});

test('values that are not finite are refused with their place', () => {
  assert.throws(() => selectColumns(['a', 'x'], [a, column(1, 2, NaN, 4, 5, 6)], all), /x, row 2: .*finite.*NaN/);
});

/** 1 / (1 - R^2) of column j on the others, by Gauss-Jordan elimination of the correlation matrix. */
function naiveFactor(r: readonly (readonly number[])[], j: number): number {
  const n = r.length;
  const m = r.map((row, i) => [...row, ...row.map((_, k) => (i === k ? 1 : 0))]);
  for (let p = 0; p < n; p++) {
    const pivot = m.findIndex(
      (row, i) => i >= p && Math.abs(row[p]) === Math.max(...m.slice(p).map((x) => Math.abs(x[p]))),
    );
    [m[p], m[pivot]] = [m[pivot], m[p]];
    m[p] = m[p].map((value) => value / m[p][p]);
    for (let i = 0; i < n; i++) if (i !== p) m[i] = m[i].map((value, k) => value - m[i][p] * m[p][k]);
  }
  return m[j][n + j];
}

/** Pearson's r of all pairs, by the definition. */
function naiveCorrelation(columns: readonly Float64Array[]): number[][] {
  const product = (x: Float64Array, y: Float64Array): number => x.reduce((total, value, i) => total + value * y[i], 0);
  const centred = columns.map((values) => {
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    return values.map((value) => value - mean);
  });
  return centred.map((x) => centred.map((y) => product(x, y) / Math.sqrt(product(x, x) * product(y, y))));
}

const samples = fc
  .tuple(
    fc.integer({ min: 2, max: 11 }),
    fc.integer({ min: 30, max: 300 }),
    fc.integer(),
    fc.constantFrom(1, 0.1, 1e-3, 1e-4),
  )
  .map(([width, rows, seed, noise]) => {
    let s = seed >>> 0;
    const random = (): number => (s = (Math.imul(s, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
    const common = Float64Array.from({ length: rows }, random);
    return Array.from({ length: width }, (_, k) => common.map((v) => (k % 3 === 0 ? 0 : v) + noise * random()));
  });

test('correlations of any number of columns and rows are those of the definition', () => {
  fc.assert(
    fc.property(samples, (columns) => {
      const found = correlationMatrix(columns);
      naiveCorrelation(columns).forEach((row, i) =>
        row.forEach((expected, j) => assert.ok(Math.abs(found[i][j] - expected) < 1e-12)),
      );
    }),
    { numRuns: 60, seed: 3 },
  );
});

test('after inflation no factor is above the limit, and each that was dropped was the largest', () => {
  fc.assert(
    fc.property(samples, (columns) => {
      const names = columns.map((_, i) => `c${i}`);
      const { kept } = selectColumns(names, columns, { ...all, inflation: 4 });
      const r = naiveCorrelation(columns);
      let left = [...columns.keys()];
      for (;;) {
        const inner = left.map((i) => left.map((j) => r[i][j]));
        const factors = left.map((_, j) => naiveFactor(inner, j));
        const largest = Math.max(...factors);
        if (left.length === 1 || largest <= 4) break;
        // Factors this near are a tie; the samples hold none but of pairs, of which the later goes.
        const worst = factors.findLastIndex((factor) => factor >= largest * (1 - 1e-6));
        left = left.filter((_, j) => j !== worst);
      }
      assert.deepEqual(
        kept,
        left.map((i) => names[i]),
      );
    }),
    { numRuns: 100, seed: 4 },
  );
});

test('what huge factors leave of rounding error is not in the small ones that decide after them', () => {
  let s = 1;
  const random = (): number => (s = (Math.imul(s, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
  const noise = (): Float64Array => Float64Array.from({ length: 2000 }, random);
  const [common, other] = [noise(), noise()];
  const copies = Array.from({ length: 40 }, (_, k) =>
    common.map((value, i) => value + (k / 40) * other[i] + 2e-5 * random()),
  );
  const own = Array.from({ length: 10 }, () => noise().map((value, i) => value + common[i] + other[i]));
  const r = correlationMatrix([...copies, ...own]);
  const dropped = dropInflated(r, 1.5);
  assert.ok(dropped[0][1] > 1e9, 'the copies are nearly one');
  let left = [...r.keys()];
  let compared = 0;
  for (const [worst, factor] of dropped) {
    if (factor < 100) {
      const inner = left.map((i) => left.map((j) => r[i][j]));
      const expected = naiveFactor(inner, left.indexOf(worst));
      assert.ok(Math.abs(factor - expected) < 1e-10 * expected, `column ${worst}: ${factor}, expected ${expected}`);
      compared++;
    }
    left = left.filter((i) => i !== worst);
  }
  assert.ok(compared > 5, `${compared} were compared`);
});
