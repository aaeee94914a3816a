/** Differences as the order of a sum, or single precision within, leaves them. */
import type { Pattern } from '../measures/pattern.ts';

/** Of the larger of the value and the column's scale. */
const DOUBLE = 1e-9;
const SINGLE = 1e-5;

export const noise: Pattern = ({ a, b, scale }) => {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    if (a[i] !== a[i] || b[i] !== b[i]) {
      if (a[i] !== a[i] && b[i] !== b[i]) continue;
      return undefined;
    }
    if (!Number.isFinite(a[i]) || !Number.isFinite(b[i])) return undefined;
    largest = Math.max(largest, Math.abs(a[i] - b[i]) / Math.max(Math.abs(a[i]), Math.abs(b[i]), scale));
  }
  if (largest > SINGLE) return undefined;
  const most = `at most ${largest.toPrecision(2)} of the value or of the column's spread`;
  return largest <= DOUBLE
    ? { cause: 'rounding noise', text: `the same numbers computed in another order: ${most}` }
    : { cause: 'single precision', text: `single precision somewhere on the way: ${most}` };
};
