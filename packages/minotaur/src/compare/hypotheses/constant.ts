/** No value on one side, a constant on the other. */
import type { Explanation, Hypothesis, Pair } from '../measures/pair.ts';
import { medianOf, modeOf, pick } from '../measures/robust.ts';

/** Of the values opposite of none, the share that has to be one constant. */
const NEARLY_ALL = 0.9;
/** Fewer rows name nothing. */
const FEW = 3;

/** Values of `of` where `where` has none. */
const opposite = (where: Float64Array, of: Float64Array): Float64Array =>
  of.filter((x, i) => where[i] !== where[i] && x === x);

function nameOf(value: number, { a }: Pair): string {
  const text = Number(value.toPrecision(7)).toString();
  const values = pick(a);
  const mean = values.reduce((sum, x) => sum + x / values.length, 0);
  if (value !== 0 && Math.abs(value - medianOf(values)) < 1e-3 * Math.abs(value)) return `the median (${text})`;
  if (value !== 0 && Math.abs(value - mean) < 1e-2 * Math.abs(value)) return `the mean (${text})`;
  return text;
}

export const constant: Hypothesis = (pair: Pair): readonly Explanation[] => {
  const { a, b } = pair;
  const filled = opposite(a, b);
  const emptied = opposite(b, a);
  const [to, from] = [modeOf(filled), modeOf(emptied)];
  const found: Explanation[] = [];
  if (filled.length >= FEW && to.share >= NEARLY_ALL)
    found.push({
      cause: 'NaN as a constant',
      text: `${nameOf(to.value, pair)} where A has no value`,
      cost: 0.5,
      canLead: true,
      predict: (x) => x.map((value) => (value === value ? value : to.value)),
    });
  if (emptied.length >= FEW && from.share >= NEARLY_ALL)
    found.push({
      cause: 'a constant as NaN',
      text: `no value where A is ${nameOf(from.value, pair)}`,
      cost: 0.5,
      canLead: true,
      predict: (x) => x.map((value) => (value === from.value ? NaN : value)),
    });
  return found;
};
