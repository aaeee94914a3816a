/** What remains: how alike the columns are, where nothing explains them. */
import { changesOf, correlation, ranksOf } from '../measures/robust.ts';
import type { Pair } from '../measures/pair.ts';
import type { Told } from '../measures/pattern.ts';

/** Of ranks, from here on columns are alike. */
const ALIKE = 0.5;
/** From here on the order of values is the same. */
const SAME_ORDER = 0.999_99;

/** A value of each side, for people: one may have numbers where the other has words. */
export type Names = Readonly<Record<'a' | 'b', (value: number) => string>>;

/** A side that has one value, or none. */
export function empty({ a, b }: Pair, names: Names = { a: String, b: String }): Told | undefined {
  if (b.every((y) => y !== y)) return { cause: 'no value', text: 'B has no value in any row' };
  if (a.every((x) => x !== x)) return { cause: 'no value', text: 'A has no value in any row' };
  if (isOne(b)) return { cause: 'constant', text: `B is ${names.b(b[0])} in every row` };
  if (isOne(a)) return { cause: 'constant', text: `A is ${names.a(a[0])} in every row` };
  return undefined;
}

const isOne = (values: Float64Array): boolean => values.every((x) => x === values[0]);
const distinct = (values: Float64Array): number => new Set(values).size;

export function alike({ a, b }: Pair): Told {
  const values = correlation(ranksOf(a), ranksOf(b));
  const changes = correlation(ranksOf(changesOf(a)), ranksOf(changesOf(b)));
  const figures = `rank correlation ${values.toFixed(3)}, of changes ${changes.toFixed(3)}`;
  if (Math.abs(values) > SAME_ORDER && distinct(a) > 20)
    return {
      cause: 'same order',
      text: 'the same order of values on another scale: ranks, quantiles or a function of A',
    };
  if (Math.abs(values) > ALIKE || Math.abs(changes) > ALIKE)
    return {
      cause: 'another computation',
      text: `alike without a simple relation (${figures}): other parameters, other bars, or a scaler that moves`,
    };
  return { cause: 'unrelated', text: `not alike (${figures})` };
}
