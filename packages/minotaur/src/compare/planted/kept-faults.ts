/** Causes of how values were kept: narrower numbers, fewer digits, another order of a sum. */
import { log10 } from 'minotaur-core/internal/base/elementary/index';
import { narrowed } from '../hypotheses/narrow.ts';
import { spreadOf } from '../measures/robust.ts';
import { LEVEL, MANY, type ColumnFault } from './fault.ts';

/** Decimals that leave some three digits of a column's spread. */
const decimalsFor = (values: Float64Array): number => Math.max(0, 3 - Math.floor(log10(spreadOf(values))) - 1);
const rounding = (values: Float64Array, of: (x: number) => number, by = 0): Float64Array => {
  const power = Number(`1e${decimalsFor(values) + by}`);
  return values.map((x) => of(x * power) / power);
};
export const KEPT_FAULTS: readonly ColumnFault[] = [
  { name: 'float32', told: ['float32'], on: MANY, follow: true, plant: (v) => v.map(Math.fround) },
  { name: 'float16', told: ['float16'], on: ['z', 'noise', 'rsi'], plant: (v) => v.map((x) => narrowed(x, 10)) },
  {
    name: 'bfloat16',
    told: ['bfloat16', 'float16'],
    on: ['z', 'noise', 'rsi', 'volume'],
    plant: (v) => v.map((x) => narrowed(x, 7)),
  },
  { name: 'rounded', told: ['rounded'], on: MANY, follow: true, plant: (v) => rounding(v, Math.round) },
  { name: 'rounded finely', told: ['rounded'], on: MANY, plant: (v) => rounding(v, Math.round, 5) },
  { name: 'cut off', told: ['cut off'], on: MANY, plant: (v) => rounding(v, Math.trunc) },
  { name: 'rounded down', told: ['cut off'], on: LEVEL, plant: (v) => rounding(v, Math.floor) },
  {
    name: 'six digits',
    told: ['rounded'],
    on: MANY,
    follow: true,
    plant: (v) => v.map((x) => Number(x.toPrecision(6))),
  },
  {
    name: 'last bits',
    told: ['rounding noise'],
    on: MANY,
    plant: (v, { normal }) => v.map((x) => x * (1 + 3e-16 * Math.round(3 * normal()))),
  },
  {
    name: 'single precision within',
    told: ['single precision'],
    on: MANY,
    plant: (v, { normal }) => {
      const scale = spreadOf(v);
      return v.map((x) => x + 2e-7 * scale * normal());
    },
  },
];
