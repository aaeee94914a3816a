/** Causes of keys, and of every column at once. */
import { MICROS_PER_HOUR } from 'minotaur-core/internal/base/time';
import { spreadOf } from '../measures/robust.ts';
import { shifted } from '../hypotheses/lag.ts';
import { between, oneOf, type TableFault } from './fault.ts';
import type { Market } from './market.ts';

const each = ({ time, columns }: Market, change: (values: Float64Array, name: string) => Float64Array): Market => ({
  time,
  columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, change(values, name)])),
});
const rowsOf = ({ time, columns }: Market, rows: readonly number[]): Market => {
  const take = (values: Float64Array): Float64Array => Float64Array.from(rows, (i) => values[i]);
  return { time: take(time), columns: Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, take(v)])) };
};
const all = ({ time }: Market): number[] => Array.from(time, (_, i) => i);
const stamped = (market: Market, by: (time: number) => number): Market => ({
  ...market,
  time: market.time.map((t) => t + by(t)),
});
const STEP = MICROS_PER_HOUR / 4;

export const TABLE_FAULTS: readonly TableFault[] = [
  { name: 'close stamps', told: ['close stamp'], plant: (m, r) => stamped(m, () => (r.uniform() < 2 ? STEP : 0)) },
  { name: 'open stamps', told: ['close stamp'], plant: (m) => stamped(m, () => -STEP) },
  {
    name: 'time zone',
    told: ['time zone'],
    plant(m, random) {
      const hours = oneOf(random, [-8, -5, 1, 2, 5.5, 8, 9]);
      return stamped(m, () => hours * MICROS_PER_HOUR);
    },
  },
  {
    name: 'daylight saving',
    told: ['daylight saving'],
    plant(m, random) {
      const from = m.time[between(random, 500, m.time.length - 500)];
      return stamped(m, (time) => (time < from ? MICROS_PER_HOUR : 2 * MICROS_PER_HOUR));
    },
  },
  {
    name: 'every column late',
    told: ['lag'],
    plant: (m, r) => ((by) => each(m, (v) => shifted(v, by)))(between(r, 1, 3)),
  },
  { name: 'every column in float32', told: ['float32'], plant: (m) => each(m, (v) => v.map(Math.fround)) },
  {
    name: 'duplicated rows',
    told: ['duplicated rows'],
    plant: (m, { uniform }) =>
      rowsOf(
        m,
        all(m).flatMap((i) => (uniform() < 0.02 ? [i, i] : [i])),
      ),
  },
  {
    name: 'missing rows',
    told: ['missing rows'],
    plant: (m, { uniform }) =>
      rowsOf(
        m,
        all(m).filter(() => uniform() > 0.02),
      ),
  },
  {
    name: 'state behind missing rows',
    told: ['missing rows', 'gaps'],
    plant(m, random) {
      const gaps = new Set([300, 700, 1100].map((row) => row + between(random, 0, 60)));
      const damaged = each(m, (v, name) => (name === 'ema' ? behind(v, gaps) : v));
      return rowsOf(
        damaged,
        all(m).filter((i) => ![...gaps].some((gap) => i >= gap && i < gap + 5)),
      );
    },
  },
  { name: 'extra rows', told: ['extra rows'], plant: (m, { uniform }) => extraRows(m, uniform) },
  {
    name: 'row order',
    told: ['row order'],
    plant: (m, random) => ((at) => rowsOf(m, [...all(m).slice(at), ...all(m).slice(0, at)]))(between(random, 300, 900)),
  },
  {
    name: 'swapped',
    told: ['swapped'],
    plant: (m) => ({ time: m.time, columns: { ...m.columns, high: m.columns['low'], low: m.columns['high'] } }),
  },
  {
    name: 'renamed',
    told: ['renamed'],
    plant: ({ time, columns: { rsi, ...rest } }) => ({ time, columns: { ...rest, momentum: rsi } }),
  },
  {
    name: 'other bars',
    told: ['other bar boundaries'],
    plant: (m, { normal }) =>
      each(m, (v, name) => (['open', 'high', 'low', 'close', 'volume'].includes(name) ? jittered(v, normal) : v)),
  },
];

const jittered = (v: Float64Array, normal: () => number): Float64Array => {
  const scale = spreadOf(v);
  return v.map((x) => x + 0.2 * scale * normal());
};

/** A difference behind each gap that fades. */
function behind(values: Float64Array, gaps: ReadonlySet<number>): Float64Array {
  const scale = spreadOf(values);
  let off = 0;
  return values.map((x, i) => x + (off = gaps.has(i - 5) ? scale : 0.9 * off));
}

function extraRows(market: Market, uniform: () => number): Market {
  const doubled = rowsOf(
    market,
    all(market).flatMap((i) => (uniform() < 0.02 ? [i, i] : [i])),
  );
  const { time } = doubled;
  const moved = time.map((t, i) => (i > 0 && t === time[i - 1] ? t + STEP / 3 : t));
  return { time: moved, columns: doubled.columns };
}
