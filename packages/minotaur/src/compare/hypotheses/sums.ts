/** A sum that began elsewhere, or went on over gaps: the difference is a constant that changes now and then. */
import type { Pattern } from '../measures/pattern.ts';

export const sums: Pattern = ({ a, b, scale }) => {
  const limit = 1e-7 * scale;
  let [last, levels, rows, apart] = [NaN, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const by = b[i] - a[i];
    if (!Number.isFinite(by)) continue;
    rows++;
    if (Math.abs(by) > limit) apart++;
    if (!(Math.abs(by - last) <= limit + 1e-9 * Math.abs(by))) levels++;
    last = by;
  }
  // A level lasts: rows that differ by themselves are none.
  if (rows < 20 || levels > Math.max(3, 0.02 * rows) || apart < 10 * levels) return undefined;
  const how = levels <= 1 ? 'everywhere' : `that changes ${(levels - 1).toLocaleString('en')} times`;
  return {
    cause: 'sum since another start',
    text: `differs by a constant ${how}: a sum that began elsewhere, or missed rows`,
  };
};
