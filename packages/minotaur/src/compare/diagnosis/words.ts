/** Why two columns of words differ: words have no size, so that only what they stand for, and where, explains them. */
import { empty, type Names } from '../hypotheses/alike.ts';
import { fill } from '../hypotheses/fill.ts';
import { lag } from '../hypotheses/lag.ts';
import { missing } from '../hypotheses/missing.ts';
import { singleRows } from '../hypotheses/single-rows.ts';
import { isSame, type Explanation, type Pair } from '../measures/pair.ts';
import type { Rows } from '../measures/pattern.ts';
import type { Diagnosis } from './diagnose.ts';
import { confirmed } from './explained.ts';

/** Rows of each word, on average, below which words for words prove nothing. */
const ROWS_OF_WORD = 3;
/** Words of A that are named. */
const NAMED = 4;

/** Every word of A is one word of B. */
function translated({ a, b }: Pair, names: Names): Explanation[] {
  const words = new Map<number, number>();
  a.forEach((x, i) => words.has(x) || words.set(x, b[i]));
  if (words.size * ROWS_OF_WORD > a.length) return [];
  const others = [...words].filter(([x, y]) => !isSame(x, y));
  if (others.length === 0) return [];
  const list = others.slice(0, NAMED).map(([x, y]) => `${names.a(x)} is ${names.b(y)}`);
  return [
    {
      cause: 'other words',
      text: `the same under other words: ${list.join(', ')}${others.length > NAMED ? ' and so on' : ''}`,
      cost: 0.5,
      canLead: false,
      predict: (from) => from.map((x) => words.get(x) ?? NaN),
    },
  ];
}

/** Why the two columns of `pair`, codes of words which are not all the same, differ. */
export function diagnoseWords(pair: Pair, rows: Rows, names: Names): Diagnosis {
  const nothing = empty(pair, names);
  if (nothing !== undefined) return { causes: [nothing], or: [], by: 'pattern' };
  const filled = fill(pair).filter(({ cause }) => cause !== 'interpolation');
  // What is left of a few words has an equal somewhere.
  const late = lag(pair).filter(({ lacks: [head, tail] = [0, 0] }) => 2 * (head + tail) <= pair.a.length);
  const found = confirmed(pair, pair, [...translated(pair, names), ...filled, ...missing(pair), ...late]);
  if (found !== undefined) return { causes: found.causes, or: found.or, by: 'values' };
  const first = pair.a.findIndex((x, i) => !isSame(x, pair.b[i]));
  const words = `${names.a(pair.a[first])} in A is ${names.b(pair.b[first])} in B`;
  const single = singleRows(pair, rows);
  if (single !== undefined) return { causes: [{ ...single, text: `${single.text}: ${words}` }], or: [], by: 'pattern' };
  return { causes: [{ cause: 'unrelated', text: `other words without a rule: first ${words}` }], or: [], by: 'none' };
}
