/** Candidates of columns held against all rows, and the best of them. */
import { valuesOf, type Bars } from './candidates/values.ts';
import { compareAgreements } from './agreement/agreement.ts';
import { FORMS, formsOf, type Made } from './agreement/forms.ts';
import type { Nearest } from './agreement/nearest.ts';
import { mostColumns, readInParts, type Columns } from './columns.ts';

/** What was found of a column. */
export interface Confirmed {
  readonly name: string;
  /** How it is made; absent where no expression was found. */
  readonly made?: Made;
  /** Others that make it as well. */
  readonly or: readonly string[];
  /** What its name says that it is, where that is not what it is. */
  readonly named?: string;
  /** What comes nearest, and the share of the column's variance that it leaves. */
  readonly nearest?: { readonly expression: string; readonly left: number };
}

/** What a column is asked about. */
export interface Asked {
  readonly name: string;
  /** What its name says. */
  readonly named: readonly string[];
  readonly candidates: readonly Nearest[];
}

export interface Confirming {
  readonly bars: Bars;
  readonly columns: Columns;
  readonly isAbsent: Uint8Array | undefined;
  /** Told after each part. */
  readonly onPart: () => Promise<void> | void;
}

const MOST_OTHERS = 3;

interface CandidateMade extends Made {
  /** The candidate. */
  readonly of: string;
}

/** Holds candidates against all rows: some columns at a time, and of their candidates some at a time. */
export async function confirm(
  { bars, columns, isAbsent, onPart }: Confirming,
  asked: readonly Asked[],
): Promise<Confirmed[]> {
  const byName = new Map(asked.map((one) => [one.name, one]));
  const found: Confirmed[] = [];
  const names = asked.map(({ name }) => name);
  for await (const part of readInParts(columns, names, bars.rows)) {
    const made = new Map(part.map(([name]) => [name, [] as CandidateMade[]]));
    const pairs = part.flatMap(([name, column]) =>
      (byName.get(name) as Asked).candidates.map((candidate) => ({ name, column, candidate })),
    );
    for (const some of inPieces(pairs, mostColumns(bars.rows))) {
      const texts = [...new Set(some.map(({ candidate }) => candidate.expression))];
      const all = valuesOf(texts, bars, { start: 0, from: 0, to: bars.rows });
      const values = new Map(texts.map((text, k) => [text, all[k]]));
      for (const { name, column, candidate } of some) {
        const of = candidate.expression;
        const forms = formsOf(candidate, values.get(of) as Float64Array, column, isAbsent);
        made.get(name)?.push(...forms.map((form) => ({ ...form, of })));
      }
      await onPart();
    }
    for (const [name, forms] of made) found.push(judge(byName.get(name) as Asked, forms));
  }
  return found;
}

/** Pairs in their order, as many at once as `most` expressions allow. */
function* inPieces<T extends { readonly candidate: Nearest }>(pairs: readonly T[], most: number): Generator<T[]> {
  let some: T[] = [];
  const expressions = new Set<string>();
  for (const pair of pairs) {
    const { expression } = pair.candidate;
    if (expressions.size === most && !expressions.has(expression)) {
      yield some;
      some = [];
      expressions.clear();
    }
    expressions.add(expression);
    some.push(pair);
  }
  if (some.length > 0) yield some;
}

/** Whether rows are left that are not the same: whatever agrees in all of them comes first. */
const isRough = ({ agreement }: Made): number => Number(agreement.level === 'most');

/** The best of what a column may be made of. */
function judge({ name, named, candidates }: Asked, found: readonly CandidateMade[]): Confirmed {
  const made = found.map((one) => ({ ...one, isNamed: named.includes(one.of) }));
  made.sort(
    (x, y) =>
      isRough(x) - isRough(y) ||
      FORMS.indexOf(x.form) - FORMS.indexOf(y.form) ||
      compareAgreements(x.agreement, y.agreement) ||
      Number(y.isNamed) - Number(x.isNamed) ||
      Number(y.agreement.level === 'bits') - Number(x.agreement.level === 'bits') ||
      x.expression.length - y.expression.length,
  );
  const [best] = made;
  if (best === undefined) return unknown(name, named, candidates);
  const { form, expression, text, agreement } = best;
  const or = made
    .filter((one) => one.form === best.form && compareAgreements(one.agreement, best.agreement) === 0)
    .map((one) => one.expression)
    .filter((other) => other !== expression);
  return { name, made: { form, expression, text, agreement }, or: [...new Set(or)].slice(0, MOST_OTHERS) };
}

function unknown(name: string, named: readonly string[], candidates: readonly Nearest[]): Confirmed {
  const alike = candidates.filter(({ left }) => left > 0).toSorted((a, b) => a.left - b.left);
  // Of those that are as near as another the one that it is called by.
  const nearest =
    alike.find(({ expression, left }) => named.includes(expression) && left < 1.01 * alike[0].left) ?? alike.at(0);
  return {
    name,
    or: [],
    ...(named.length > 0 ? { named: named[0] } : {}),
    ...(nearest === undefined ? {} : { nearest: { expression: nearest.expression, left: nearest.left } }),
  };
}
