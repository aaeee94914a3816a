/** B is A within limits. */
import type { Explanation, Hypothesis } from '../measures/pair.ts';

const short = (value: number): string => Number(value.toPrecision(6)).toString();

/** Ends of B, as far as several rows lie at them. */
function endsOf(b: Float64Array): readonly [low: number, high: number] {
  let [low, high, lows, highs] = [Infinity, -Infinity, 0, 0];
  for (const y of b) {
    if (y < low) [low, lows] = [y, 1];
    else if (y === low) lows++;
    if (y > high) [high, highs] = [y, 1];
    else if (y === high) highs++;
  }
  return [lows >= 2 ? low : -Infinity, highs >= 2 ? high : Infinity];
}

export const clip: Hypothesis = ({ a, b }) => {
  const [low, high] = endsOf(b);
  const isBelow = a.some((x) => x < low);
  const isAbove = a.some((x) => x > high);
  if (!(low < high) || (!isBelow && !isAbove)) return [];
  const make = (from: number, to: number, text: string, cost: number): Explanation => ({
    cause: 'clip',
    text: `A limited ${text}`,
    cost,
    canLead: true,
    predict: (values) => values.map((x) => (x < from ? from : x > to ? to : x)),
  });
  const found: Explanation[] = [];
  if (isBelow) found.push(make(low, Infinity, `to ${short(low)} and more`, 0.7));
  if (isAbove) found.push(make(-Infinity, high, `to ${short(high)} and less`, 0.7));
  if (isBelow && isAbove) found.push(make(low, high, `to ${short(low)} to ${short(high)}`, 0.75));
  return found;
};
