/** What A lacks, B takes from before, from after, or from between. */
import type { Explanation, Hypothesis } from '../measures/pair.ts';

/** The last value before that is there. */
export function filledForward(values: Float64Array): Float64Array {
  let last = NaN;
  return values.map((value) => (value === value ? (last = value) : last));
}

function filledBackward(values: Float64Array): Float64Array {
  return filledForward(values.toReversed()).toReversed();
}

/** On a line from the value before to the one after, as pandas does, the last one held at the end. */
function interpolated(values: Float64Array): Float64Array {
  const out = filledForward(values);
  let before = -1;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== values[i]) continue;
    for (let k = before < 0 ? i : before + 1; k < i; k++)
      out[k] = values[before] + ((values[i] - values[before]) * (k - before)) / (i - before);
    before = i;
  }
  return out;
}

/** No value where A only repeats its last. */
function unfilled(a: Float64Array, b: Float64Array): Float64Array {
  let last = NaN;
  return a.map((value, i) => {
    if (b[i] !== b[i]) return value === last ? NaN : value;
    last = value;
    return value;
  });
}

const WAYS = [
  ['forward fill', 'what A lacks is filled with the value before', filledForward],
  ['backward fill', 'what A lacks is filled with the value after: it was not known then', filledBackward],
  ['interpolation', 'what A lacks is interpolated towards the value after: it was not known then', interpolated],
] as const;

export const fill: Hypothesis = ({ a, b }) => {
  const found: Explanation[] = [];
  if (a.some((value, i) => value !== value && b[i] === b[i]))
    WAYS.forEach(([cause, text, predict], i) =>
      found.push({ cause, text, cost: 0.6 + i / 50, canLead: true, predict }),
    );
  if (b.some((value, i) => value !== value && a[i] === a[i]))
    found.push({
      cause: 'forward fill',
      text: 'in A: where B has no value, A repeats the last',
      cost: 0.65,
      canLead: true,
      predict: unfilled,
    });
  return found;
};
