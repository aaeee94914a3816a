/** B is A with fewer decimals: rounded, or cut off. */
import type { Explanation, Hypothesis, Pair } from '../measures/pair.ts';
import { pick } from '../measures/robust.ts';

const MOST_DECIMALS = 12;
/** Of the values. */
const NEARLY_ALL = 0.97;

/** The fewest decimals that nearly all values of a column are written with; -1 where they have more. */
function decimalsOf(column: Float64Array): number {
  const values = pick(column, 512);
  const isWritten = (x: number, d: number): boolean => Math.abs(x) < 1e15 && Number(x.toFixed(d)) === x;
  // The most first: a column that has more is known by some of its values.
  if (values.length === 0 || !nearlyAll(values, (x) => isWritten(x, MOST_DECIMALS))) return -1;
  for (let d = 0; ; d++) if (nearlyAll(values, (x) => isWritten(x, d))) return d;
}

/** Whether nearly all of `values` have a property; asks no further than it has to. */
export function nearlyAll(values: Float64Array, has: (x: number) => boolean): boolean {
  const most = (1 - NEARLY_ALL) * values.length;
  let without = 0;
  for (const x of values) if (!has(x) && ++without > most) return false;
  return true;
}

export const rounded: Hypothesis = ({ a, b }: Pair): readonly Explanation[] => {
  const d = decimalsOf(b);
  const own = decimalsOf(a);
  if (d < 0 || (own >= 0 && own <= d)) return [];
  const power = Number(`1e${d}`);
  const whole = d === 0 ? 'whole numbers' : `${d} decimal${d === 1 ? '' : 's'}`;
  const nearest = (x: number, y: number): number => {
    const step = Math.round(x * power) / power;
    // A tie goes either way, by the rule of whoever rounded.
    return Math.abs(x - y) * power <= 0.5 * (1 + 1e-9) + 1e-9 ? y : step;
  };
  return [
    {
      cause: 'rounded',
      text: `rounded to ${whole}`,
      cost: 0.3,
      canLead: false,
      predict: (from, to) => from.map((x, i) => (to[i] === to[i] ? nearest(x, to[i]) : Math.round(x * power) / power)),
    },
    {
      cause: 'cut off',
      text: `cut off after ${whole}`,
      cost: 0.35,
      canLead: false,
      predict: (from) => from.map((x) => Math.trunc(x * power + 1e-9 * Math.sign(x)) / power),
    },
    {
      cause: 'cut off',
      text: `rounded down to ${whole}`,
      cost: 0.36,
      canLead: false,
      predict: (from) => from.map((x) => Math.floor(x * power + 1e-9) / power),
    },
  ];
};
