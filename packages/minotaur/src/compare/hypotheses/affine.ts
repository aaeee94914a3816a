/** B is A on another scale that begins elsewhere: an offset, another scaler. */
import type { Explanation, Hypothesis, Pair } from '../measures/pair.ts';
import { fitLine, medianOf, pick } from '../measures/robust.ts';

const short = (value: number): string => Number(value.toPrecision(6)).toString();

export const affine: Hypothesis = ({ a, b, scale }: Pair): readonly Explanation[] => {
  const rows = a.reduce<number[]>((kept, x, i) => {
    if (Number.isFinite(x) && Number.isFinite(b[i])) kept.push(i);
    return kept;
  }, []);
  if (rows.length < 8) return [];
  rows.sort((i, k) => a[i] - a[k]);
  const x = Float64Array.from(rows, (i) => a[i]);
  const y = Float64Array.from(rows, (i) => b[i]);
  const found: Explanation[] = [];
  const shift = medianOf(pick(y.map((value, i) => value - x[i])));
  if (Math.abs(shift) > 1e-7 * scale)
    found.push({
      cause: 'offset',
      text: `A ${shift < 0 ? '-' : '+'} ${short(Math.abs(shift))}`,
      cost: 0.9,
      canLead: true,
      predict: (from) => from.map((v) => v + shift),
    });
  // Rows far apart in A, so that what is off in a few rows turns the line by little.
  const third = Math.floor(rows.length / 3);
  const far = rows.length - third;
  const slopes = new Float64Array(third).map((_, i) => (y[far + i] - y[i]) / (x[far + i] - x[i]));
  const slope = medianOf(pick(slopes));
  if (!Number.isFinite(slope) || Math.abs(slope) < 1e-12) return found;
  const offset = medianOf(pick(y.map((value, i) => value - slope * x[i])));
  for (const [s, t] of [[slope, offset], fitLine(x, y, [slope, offset])] as const)
    if (Math.abs(t) > 1e-6 * Math.abs(s) * scale && Math.abs(s - 1) > 1e-6)
      found.push({
        cause: 'another scaler',
        text: `${short(s)} times A ${t < 0 ? '-' : '+'} ${short(Math.abs(t))}: another scaler, or other rows that it learned from`,
        cost: 1.1,
        canLead: true,
        predict: (from) => from.map((v) => s * v + t),
      });
  return found;
};
