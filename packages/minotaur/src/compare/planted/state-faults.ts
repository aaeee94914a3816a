/** Causes of state: other starts, resets, disturbances, stretches, single rows. */
import { exp } from 'minotaur-core/internal/base/elementary/index';
import { MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { spreadOf } from '../measures/robust.ts';
import { between, FULL, MANY, type ColumnFault } from './fault.ts';
import { average, type Market } from './market.ts';

/** `values` and a difference that fades from each of `rows` on. */
function fading(values: Float64Array, begins: (i: number) => number, halfLife: number): Float64Array {
  const keep = exp(-Math.LN2 / halfLife);
  let off = 0;
  return values.map((x, i) => {
    const height = begins(i);
    off = height === 0 ? off * keep : height;
    return x + off;
  });
}

const isNewDay = ({ time }: Market, i: number): boolean =>
  i > 0 && Math.floor(time[i] / MICROS_PER_DAY) !== Math.floor(time[i - 1] / MICROS_PER_DAY);

export const STATE_FAULTS: readonly ColumnFault[] = [
  {
    name: 'another seed',
    told: ['another seed'],
    on: MANY,
    follow: true,
    plant(v, random) {
      const height = (0.5 + random.uniform()) * spreadOf(v);
      const first = v.findIndex((x) => x === x);
      return fading(v, (i) => (i === first ? height : 0), between(random, 4, 40));
    },
  },
  {
    name: 'average from another value',
    told: ['another seed'],
    on: ['ema'],
    plant: (_v, _, { columns: { close } }) => average(close, 24, () => false, close[0] * 1.05),
  },
  {
    name: 'average begun every day',
    told: ['reset'],
    on: ['ema'],
    plant: (_v, _, market) => average(market.columns.close, 24, (i) => isNewDay(market, i)),
  },
  {
    name: 'reset by day',
    told: ['reset'],
    on: FULL,
    plant: (v, { normal }, market) => {
      const scale = spreadOf(v);
      return fading(v, (i) => (isNewDay(market, i) ? scale * (0.5 + Math.abs(normal())) * Math.sign(normal()) : 0), 6);
    },
  },
  {
    name: 'reset every so many rows',
    told: ['reset'],
    on: FULL,
    plant: (v, random) => {
      const [rows, scale] = [between(random, 130, 190), spreadOf(v)];
      return fading(v, (i) => (i > 0 && i % rows === 0 ? scale * (0.5 + Math.abs(random.normal())) : 0), 6);
    },
  },
  {
    name: 'disturbed input',
    told: ['disturbed input'],
    on: FULL,
    plant: (v, random) => {
      const rows = new Set([between(random, 200, 500), between(random, 700, 1100)]);
      const scale = spreadOf(v);
      return fading(v, (i) => (rows.has(i) ? scale : 0), 8);
    },
  },
  {
    name: 'sum that began elsewhere',
    told: ['offset', 'sum since another start'],
    on: ['obv'],
    plant: (v, { uniform }) =>
      v.map(
        (
          (by) => (x: number) =>
            x + by
        )((0.5 + uniform()) * spreadOf(v)),
      ),
  },
  {
    name: 'sum that missed rows',
    told: ['sum since another start'],
    on: ['obv', 'close'],
    plant(v, random) {
      const rows = new Set(Array.from({ length: 4 }, () => between(random, 100, v.length - 100)));
      let by = spreadOf(v);
      return v.map((x, i) => x + (rows.has(i) ? (by += spreadOf(v) * random.normal()) : by));
    },
  },
  {
    name: 'single rows',
    told: ['single rows'],
    on: MANY,
    follow: true,
    plant(v, random) {
      const rows = new Set(Array.from({ length: 5 }, () => between(random, 50, v.length - 50)));
      return v.map((x, i) => (rows.has(i) ? x + spreadOf(v) * (1 + random.uniform()) : x));
    },
  },
  {
    name: 'from a row on',
    told: ['from a row on'],
    on: MANY,
    plant: (v, random) => {
      const from = between(random, 600, 1200);
      return v.map((x, i) => (i < from ? x : x * 1.25));
    },
  },
  {
    name: 'another computation from a row on',
    told: ['from a row on'],
    on: FULL,
    plant: (v, random) => {
      const [from, scale] = [between(random, 600, 1200), spreadOf(v)];
      return v.map((x, i) => (i < from ? x : x + scale * random.normal()));
    },
  },
  {
    name: 'another computation up to a row',
    told: ['up to a row'],
    on: FULL,
    plant: (v, random) => {
      const [to, scale] = [between(random, 600, 1200), spreadOf(v)];
      return v.map((x, i) => (i > to ? x : x + scale * random.normal()));
    },
  },
  {
    name: 'other parameters',
    told: ['another computation'],
    on: ['ema'],
    plant: (_, random, { columns: { close } }) =>
      average(
        average(close, between(random, 8, 14), () => false),
        5,
        () => false,
      ),
  },
  {
    name: 'no relation',
    told: ['unrelated'],
    on: ['noise', 'ret', 'share'],
    plant: (v, { normal }) => v.map(() => normal()),
  },
  { name: 'constant', told: ['constant'], on: MANY, plant: (v) => v.map(() => 1) },
  { name: 'nothing', told: ['no value', 'ends early', 'longer warm-up'], on: MANY, plant: (v) => v.map(() => NaN) },
];
