/**
 * Millions of bars of prices near 100,000 go through every windowed statistic, and what comes out is still exact: within
 * 1e-12, relative, of 400-bit arithmetic over the window, at the end and on the way.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { catalogue } from '../../packages/core/src/features/catalogue.ts';
import { createColumns } from '../../packages/core/src/features/contract/columns.ts';
import { buildGraph } from '../../packages/core/src/features/contract/graph.ts';
import type { Operator } from '../../packages/core/src/features/contract/operator.ts';
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import {
  big,
  correlation,
  distance,
  FOUR_LN_2,
  HALF_PI,
  kurt,
  logReturns,
  returns,
  sampleVariance,
  size,
  skew,
  slope,
  variance,
  weighted,
  type Reference,
} from '../exact-statistics.ts';
import { crossed, fixed, line, logRatio, mean, over, root, rounded, times, total } from '../fixed-point.ts';
import { runningSum } from '../laws/broken/running-sum.ts';

const ROWS = 10_000_000;
const BLOCK = 8192;
/** Blocks whose last rows are judged: the first, some on the way, the last. */
const BLOCKS = Math.ceil(ROWS / BLOCK);
const JUDGED = new Set([0, 1, 121, 366, 610, 977, BLOCKS - 1]);
const ROWS_JUDGED = 12;
const N = 20;

/** The largest of x, or with -1 the smallest. */
const extreme = (x: readonly bigint[], sign: number): bigint => x.reduce((a, b) => (b > a === sign > 0 ? b : a));
const place: Reference = (x) => 100n * over(x[N - 1] - extreme(x, -1), extreme(x, 1) - extreme(x, -1));
/** Rises from x to y in all movement. */
const share: Reference = (x, y) => {
  const moves = y.map((value, k) => value - x[k]);
  return over(total(moves.filter((move) => move > 0n)), total(moves.map(size)));
};

/** The newest x over what y cost at the x before, as doubles multiply. */
const apart: Reference = (x, y) => {
  const paid = total(y.slice(1).map((value, k) => fixed(rounded(x[k]) * rounded(value))));
  return over(times(x[N], total(y.slice(1))) - paid, paid);
};

/** Feature, what it is exactly, and the rows it reads. */
const STATISTICS: readonly (readonly [string, Reference, number])[] = [
  ['sma(x, 20)', mean, N],
  ['sma(x, 200)', mean, 200],
  ['rolling_mean(x, 20)', mean, N],
  ['sum(x, 20)', total, N],
  ['rolling_sum(x, 20)', total, N],
  ['wma(x, 20)', (x) => weighted(x, (k) => k + 1), N],
  ['trima(x, 19)', (x) => weighted(x, (k) => Math.min(k, 18 - k) + 1), 19],
  ['trima(x, 20)', (x) => weighted(x, (k) => Math.min(k, 19 - k) + 1), N],
  ['var(x, 20)', variance, N],
  ['stddev(x, 20, 2)', (x) => 2n * root(variance(x, x)), N],
  ['bbands(x, 20, 2, 2).upper', (x) => mean(x) + 2n * root(variance(x, x)), N],
  ['bbands(x, 20, 2, 2).middle', mean, N],
  ['bbands(x, 20, 2, 2).lower', (x) => mean(x) - 2n * root(variance(x, x)), N],
  ['avgdev(x, 20)', distance, N],
  ['correl(x, y, 20)', correlation, N],
  ['beta(x, y, 20)', (x, y) => over(crossed(returns(x), returns(y)), crossed(returns(x), returns(x))), N + 1],
  ['linearreg(x, 20)', (x) => line(x).height + 19n * line(x).slope, N],
  ['linearreg_intercept(x, 20)', (x) => line(x).height, N],
  ['linearreg_slope(x, 20)', slope, N],
  ['linearreg_angle(x, 20)', (x) => fixed((Math.atan(rounded(slope(x, x))) * 180) / Math.PI), N],
  ['tsf(x, 20)', (x) => line(x).height + 20n * line(x).slope, N],
  ['rolling_slope(x, 20)', slope, N],
  ['rolling_var(x, 20)', sampleVariance, N],
  ['rolling_std(x, 20)', (x) => root(sampleVariance(x, x)), N],
  ['rolling_skew(x, 20)', skew, N],
  ['rolling_kurt(x, 20)', kurt, N],
  ['rolling_zscore(x, 20)', (x) => over(x[N - 1] - mean(x), root(sampleVariance(x, x))), N],
  ['rolling_demean(x, 20)', (x) => x[N - 1] - mean(x), N],
  ['mean_distance(x, 20)', (x) => over(x[N - 1] - mean(x), times(fixed(0.015), distance(x))), N],
  ['midpoint(x, 20)', (x) => (extreme(x, 1) + extreme(x, -1)) / 2n, N],
  ['range_position(x, min(x, 20), max(x, 20))', place, N],
  ['imi(lag(x, 1), x, 20)', (x) => 100n * share(x.slice(0, -1), x.slice(1)), N + 1],
  ['vwap_distance(x, lag(x, 1) * y, y, 20)', apart, N + 1],
  ['rolling_cov(x, y, 20)', (x, y) => crossed(x, y) / big(N - 1), N],
  ['regression_slope(y, x, 20)', (x, y) => over(crossed(x, y), crossed(x, x)), N],
  ['autocorrelation(x, 20, 1)', (x) => correlation(x.slice(1), x.slice(0, -1)), N],
  ['realized_volatility(x, 20)', (x) => root(total(logReturns(x).map((r) => times(r, r)))), N + 1],
  [
    'bipower_variation(x, 20)',
    (x) => {
      const r = logReturns(x).map(size);
      return times(HALF_PI, total(r.slice(1).map((value, k) => times(value, r[k]))));
    },
    N + 2,
  ],
  [
    'parkinson(x, y, 20)',
    (x, y) => {
      const r = x.map((value, k) => logRatio(value, y[k]));
      return root(over(total(r.map((value) => times(value, value))) / big(N), FOUR_LN_2));
    },
    N,
  ],
];

/** What the judge has to catch: the same variance from running sums, as most libraries have it. */
const NAIVE = 'running_sum(x * x, 20) - running_sum(x, 20) * running_sum(x, 20)';
const JUDGED_TOO = [...STATISTICS, [NAIVE, variance, N] as const];

interface Judgement {
  readonly row: number;
  readonly found: number;
  readonly exact: number;
}

/** Worst row of each statistic. */
const worst = JUDGED_TOO.map((): Judgement => ({ row: -1, found: 0, exact: 0 }));
const error = ({ found, exact }: Judgement): number => Math.abs(found - exact) / Math.abs(exact);

before(() => {
  const graph = buildGraph(
    JUDGED_TOO.map(([feature], k) => `${feature} as s${k}`),
    ['x', 'y'],
    new Map<string, Operator>([...catalogue, [runningSum.name, runningSum]]),
  );
  const columns = createColumns(graph);
  const random = mulberry32(1);
  let x = 100_000;
  let y = 100_000;
  for (let block = 0; block < BLOCKS; block++) {
    const rows = Math.min(BLOCK, ROWS - block * BLOCK);
    for (let r = 0; r < rows; r++) {
      // A tick of 0.1, pulled back so that millions of steps stay near 100,000.
      const step = (random() - 0.5) * 200;
      x = Math.round((x + step + (100_000 - x) * 1e-4) * 10) / 10;
      y = Math.round((y + step * 0.6 + (random() - 0.5) * 150 + (100_000 - y) * 1e-4) * 10) / 10;
      const at = columns.append();
      columns.data[0][at] = x;
      columns.data[1][at] = y;
    }
    const from = columns.compute();
    if (!JUDGED.has(block)) continue;
    for (let i = from + rows - ROWS_JUDGED; i < from + rows; i++) {
      JUDGED_TOO.forEach(([, reference, n], k) => {
        const [xs, ys] = [0, 1].map((c) => Array.from(columns.data[c].subarray(i - n + 1, i + 1), fixed));
        const found = columns.data[graph.features[k].column][i];
        const judged = { row: block * BLOCK + i - from, found, exact: rounded(reference(xs, ys)) };
        if (worst[k].row < 0 || !(error(judged) <= error(worst[k]))) worst[k] = judged;
      });
    }
  }
});

STATISTICS.forEach(([feature], k) => {
  test(`${feature} is within 1e-12 of exact arithmetic after ${ROWS.toLocaleString('en')} bars`, () => {
    const { row, found, exact } = worst[k];
    assert.ok(error(worst[k]) <= 1e-12, `row ${row}: expected ${exact}, found ${found}`);
  });
});

test('a variance from running sums is caught', () => {
  assert.ok(error(worst[STATISTICS.length]) > 1e-12);
});
