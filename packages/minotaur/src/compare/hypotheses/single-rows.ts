/** A few rows that differ by themselves. */
import type { Pattern } from '../measures/pattern.ts';
import { isNear } from '../measures/pair.ts';

/** Of all rows. */
const MOST = 0.01;

export const singleRows: Pattern = ({ a, b, scale }, { name }) => {
  const at: number[] = [];
  const most = Math.max(3, MOST * a.length);
  for (let i = 0; i < a.length && at.length <= most; i++) if (!isNear(a[i], b[i], scale)) at.push(i);
  if (at.length === 0 || at.length > most) return undefined;
  const rows = at.length === 1 ? 'one row differs' : `${at.length.toLocaleString('en')} rows differ`;
  return {
    cause: 'single rows',
    text: `${rows} by ${at.length === 1 ? 'itself' : 'themselves'}, first ${name(at[0])}`,
  };
};
