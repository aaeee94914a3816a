/** Causes that act value by value, or on the rows around. */
import { exp, log } from 'minotaur-core/internal/base/elementary/index';
import { filledForward } from '../hypotheses/fill.ts';
import { shifted } from '../hypotheses/lag.ts';
import { medianOf, pick, spreadOf } from '../measures/robust.ts';
import { between, FULL, LEVEL, MANY, oneOf, type ColumnFault } from './fault.ts';
import { deviation, rolling } from './market.ts';

const quantile = (values: Float64Array, q: number): number => {
  const sorted = pick(values).sort();
  return sorted[Math.floor(q * (sorted.length - 1))];
};
const mean = (values: Float64Array): number => {
  const some = values.filter((x) => x === x);
  return some.reduce((sum, x) => sum + x, 0) / some.length;
};
const times = (name: string, told: string, factors: readonly number[], lead = true): ColumnFault => ({
  name,
  told: [told],
  on: MANY,
  lead,
  plant(values, random) {
    const factor = oneOf(random, factors);
    return values.map((x) => x * factor);
  },
});
const func = (name: string, on: readonly string[], of: (x: number) => number): ColumnFault => ({
  name,
  told: ['function'],
  on,
  plant: (values) => values.map(of),
});

const HOLES: readonly ColumnFault[] = [
  {
    name: 'NaN as 0',
    told: ['NaN as a constant'],
    on: ['sparse', 'std', 'rsi'],
    lead: true,
    follow: true,
    plant: (v) => v.map((x) => (x === x ? x : 0)),
  },
  {
    name: 'NaN as -1',
    told: ['NaN as a constant'],
    on: ['sparse', 'std', 'rsi', 'z'],
    plant: (v) => v.map((x) => (x === x ? x : -1)),
  },
  {
    name: 'NaN as the median',
    told: ['NaN as a constant'],
    on: ['sparse', 'std', 'rsi'],
    plant: (v) => {
      const median = medianOf(pick(v));
      return v.map((x) => (x === x ? x : median));
    },
  },
  {
    name: 'NaN as the mean',
    told: ['NaN as a constant'],
    on: ['sparse'],
    plant: (v) => {
      const middle = mean(v);
      return v.map((x) => (x === x ? x : middle));
    },
  },
  { name: '0 as NaN', told: ['a constant as NaN'], on: ['up'], plant: (v) => v.map((x) => (x === 0 ? NaN : x)) },
  { name: 'forward fill', told: ['forward fill'], on: ['sparse'], lead: true, plant: filledForward },
  {
    name: 'backward fill',
    told: ['backward fill'],
    on: ['sparse'],
    lead: true,
    plant: (v) => filledForward(v.toReversed()).toReversed(),
  },
  {
    name: 'interpolation',
    told: ['interpolation'],
    on: ['sparse'],
    plant(v) {
      const out = v.slice();
      let before = -1;
      for (let i = 0; i < v.length; i++) {
        if (v[i] !== v[i]) continue;
        for (let k = before < 0 ? i : before + 1; k < i; k++)
          out[k] = v[before] + ((v[i] - v[before]) * (k - before)) / (i - before);
        before = i;
      }
      return out;
    },
  },
  {
    name: 'longer warm-up',
    told: ['longer warm-up'],
    on: MANY,
    follow: true,
    plant: (v, r) => v.map((x, i) => (i < between(r, 150, 150) ? NaN : x)),
  },
  {
    name: 'ends early',
    told: ['ends early'],
    on: MANY,
    plant: (v) => v.map((x, i) => (i >= v.length - 140 ? NaN : x)),
  },
  {
    name: 'holes',
    told: ['missing values'],
    on: MANY,
    plant: (v, { uniform }) => v.map((x) => (uniform() < 0.05 ? NaN : x)),
  },
];

const LATE: readonly ColumnFault[] = [
  { name: 'late', told: ['lag'], on: MANY, lead: true, follow: true, plant: (v, r) => shifted(v, between(r, 1, 50)) },
  {
    name: 'early',
    told: ['lead'],
    on: MANY,
    lead: true,
    follow: true,
    plant: (v, r) => shifted(v, -between(r, 1, 50)),
  },
  {
    name: 'coarse clock',
    told: ['held'],
    on: MANY,
    plant(v, random) {
      const rows = oneOf(random, [4, 12, 16]);
      return v.map((_, i) => v[i - (i % rows)]);
    },
  },
  {
    name: 'coarse clock, a row late',
    told: ['held'],
    on: MANY,
    plant(v, random) {
      const rows = oneOf(random, [4, 16]);
      return v.map((_, i) => (i < rows ? NaN : v[i - (i % rows) - 1]));
    },
  },
  {
    name: 'a feed that stood still',
    told: ['held', 'forward fill'],
    on: FULL,
    plant(v, random) {
      const out = v.slice();
      for (let k = 0; k < 6; k++) {
        const from = between(random, 100, v.length - 100);
        out.fill(out[from], from, from + between(random, 8, 40));
      }
      return out;
    },
  },
];

const LEVELS: readonly ColumnFault[] = [
  times('unit', 'unit', [100, 1e-4, 1000, 1e-6, 60, 1 / 3600]),
  times('annual', 'scale', [Math.sqrt(252), Math.sqrt(365), Math.sqrt(525_600)]),
  times('ddof', 'ddof', [Math.sqrt(19 / 20), Math.sqrt(20 / 19), Math.sqrt(59 / 60), 13 / 14], false),
  times('factor', 'scale', [1.37, 0.731, 2, -3.3]),
  { name: 'sign', told: ['sign'], on: LEVEL, lead: true, follow: true, plant: (v) => v.map((x) => -x) },
  {
    name: 'another scaler',
    told: ['another scaler'],
    on: MANY,
    lead: true,
    follow: true,
    plant(v) {
      const [middle, scale] = [
        mean(v),
        deviation(
          v.filter((x) => x === x),
          0,
        ),
      ];
      return v.map((x) => (x - middle) / scale);
    },
  },
  {
    name: 'range scaler',
    told: ['another scaler'],
    on: MANY,
    plant(v) {
      const [low, high] = [quantile(v, 0), quantile(v, 1)];
      return v.map((x) => (x - low) / (high - low));
    },
  },
  {
    name: 'offset',
    told: ['offset'],
    on: MANY,
    lead: true,
    plant: (v, { uniform }) =>
      v.map(
        (
          (by) => (x: number) =>
            x + by
        )((0.3 + uniform()) * spreadOf(v)),
      ),
  },
  {
    name: 'clip',
    told: ['clip'],
    on: MANY,
    follow: true,
    plant(v) {
      const [low, high] = [quantile(v, 0.03), quantile(v, 0.97)];
      return v.map((x) => (x < low ? low : x > high ? high : x));
    },
  },
  {
    name: 'clip above',
    told: ['clip'],
    on: MANY,
    plant: (v) => v.map(((high) => (x: number) => (x > high ? high : x))(quantile(v, 0.9))),
  },
  func('logarithm', ['close', 'volume', 'range', 'std'], log),
  func('log(1 + x)', ['volume', 'range', 'rsi'], (x) => log(1 + x)),
  func('exponential', ['ret', 'noise'], exp),
  func('1 - x', ['up', 'share'], (x) => 1 - x),
  func('100 - x', ['rsi'], (x) => 100 - x),
  func('size', ['ret', 'macd', 'noise'], Math.abs),
  func('square', ['ret', 'noise', 'z', 'std'], (x) => x * x),
  func('root', ['volume', 'range', 'std'], Math.sqrt),
  func('reciprocal', ['close', 'volume', 'std'], (x) => 1 / x),
  func('sign of x', ['ret', 'macd', 'noise'], Math.sign),
];

const STEPS: readonly ColumnFault[] = [
  { name: 'changes', told: ['changes'], on: FULL, plant: (v) => v.map((x, i) => (i === 0 ? NaN : x - v[i - 1])) },
  {
    name: 'relative changes',
    told: ['changes'],
    on: ['close', 'volume', 'high'],
    plant: (v) => v.map((x, i) => (i === 0 ? NaN : x / v[i - 1] - 1)),
  },
  {
    name: 'running sum',
    told: ['sum'],
    on: ['ret', 'noise', 'volume', 'range'],
    plant: ((sum) => (v: Float64Array) => ((sum = 0), v.map((x) => (sum += x === x ? x : 0))))(0),
  },
  {
    name: 'average',
    told: ['average'],
    on: FULL,
    plant: (v, random) => rolling(v, between(random, 3, 20), mean),
  },
  {
    name: 'exponential average',
    told: ['average'],
    on: FULL,
    plant(v, random) {
      const share = 2 / (between(random, 3, 20) + 1);
      let last = v[0];
      return v.map((x) => (last += share * (x - last)));
    },
  },
  {
    name: 'ranks',
    told: ['same order'],
    on: ['close', 'noise', 'volume', 'range'],
    plant(v) {
      const sorted = v.toSorted();
      return v.map((x) => sorted.indexOf(x) / v.length);
    },
  },
];

export const VALUE_FAULTS: readonly ColumnFault[] = [...HOLES, ...LATE, ...LEVELS, ...STEPS];
