/** Which expression of ours computes each column of a table. */
import { namedCandidates, usualCandidates } from './candidates/candidates.ts';
import { valuesOf, type Bars } from './candidates/values.ts';
import { coarseClocks, heldIn, type CoarseClock } from './coarse.ts';
import { compareAgreements } from './agreement/agreement.ts';
import { FORMS, formsOf, type Made } from './agreement/forms.ts';
import { createContest, type Nearest } from './agreement/nearest.ts';
import { chooseSample } from './agreement/sample.ts';

/** What was found of a column. */
export interface Recognised {
  readonly name: string;
  /** How it is made; absent where no expression was found. */
  readonly made?: Made;
  /** Others that make it as well. */
  readonly or: readonly string[];
  /** The length of the bars that it is made of, where they are coarser than the rows; whether they were joined when they open. */
  readonly coarse?: { readonly clock: string; readonly atOpen: boolean };
  /** What its name says that it is, where that is not what it is. */
  readonly named?: string;
  /** What comes nearest, and the share of the column's variance that it leaves. */
  readonly nearest?: { readonly expression: string; readonly left: number };
}

export interface RecogniseOptions {
  /** Length of a bar, microseconds; NaN where they are of no one length. */
  readonly step: number;
  /** 1 where the table has no row for a bar. */
  readonly isAbsent?: Uint8Array | undefined;
  /** Told of so many expressions more that were tried, and how many there are. */
  readonly onPart?: ((more: number, total: number) => Promise<void> | void) | undefined;
}

/** Candidates whose values are held at once: of the sample, and bytes of whole columns. */
const AT_ONCE = 500;
const HELD_BYTES = 1 << 27;
/** Candidates that are confirmed because of their name. */
const MOST_NAMED = 12;
const MOST_OTHERS = 3;

/** Recognises `columns`, which have a value for each of `bars`. */
export async function recognise(
  bars: Bars,
  columns: ReadonlyMap<string, Float64Array>,
  { step, isAbsent, onPart }: RecogniseOptions,
): Promise<Recognised[]> {
  const found = await recogniseAt(bars, columns, { isAbsent, onPart });
  const left = found.filter(({ made }) => made === undefined);
  const again = new Map<string, Recognised>();
  for (const clock of left.length === 0 || Number.isNaN(step) ? [] : coarseClocks(bars, step)) {
    const held = new Map(
      left.flatMap(({ name }) => {
        const values = again.has(name) ? undefined : heldIn(columns.get(name) as Float64Array, clock.starts);
        return values === undefined ? [] : [[name, values] as const];
      }),
    );
    if (held.size > 0) for (const one of await recogniseCoarse(clock, held)) again.set(one.name, one);
  }
  return found.map((one) => again.get(one.name) ?? one);
}

/** Columns that hold one value for each bar of `clock`: of the bar itself where they were joined at its open, else of the one before. */
async function recogniseCoarse(
  { bars, word }: CoarseClock,
  held: ReadonlyMap<string, Float64Array>,
): Promise<Recognised[]> {
  const found = await recogniseAt(bars, held, {});
  return found.flatMap(({ made, ...rest }) => {
    if (made?.form !== 'same' && made?.form !== 'late') return [];
    // What stood in the bar before is what is known when a bar opens.
    const before = /^lag\((.*), (\d+)\)$/.exec(made.expression);
    const expression = before === null ? made.expression : lagged(before[1], Number(before[2]) - 1);
    return [{ ...rest, made: { ...made, expression }, coarse: { clock: word, atOpen: before === null } }];
  });
}

const lagged = (expression: string, rows: number): string => (rows === 0 ? expression : `lag(${expression}, ${rows})`);

async function recogniseAt(
  bars: Bars,
  columns: ReadonlyMap<string, Float64Array>,
  { isAbsent, onPart }: Omit<RecogniseOptions, 'step'>,
): Promise<Recognised[]> {
  const names = [...columns.keys()];
  const given = [...bars.columns.keys()];
  const values = [...columns.values()];
  const sample = chooseSample(bars.rows, values);
  const contest = createContest(values, sample);
  // What columns are called comes first: of a column that it is right of, little more is asked.
  const named = names.map((name) => namedCandidates(name, given).slice(0, MOST_NAMED));
  const usual = [...new Set([...named.flat(), ...usualCandidates(given, names)])];
  for (let from = 0; from < usual.length; from += AT_ONCE) {
    const some = usual.slice(from, from + AT_ONCE);
    contest.take(some, valuesOf(some, bars, sample));
    await onPart?.(some.length, usual.length);
  }
  const asked = contest.nearest().map((nearest, k) => askedOf(named[k], nearest));
  return confirm({ bars, names, values, isAbsent }, asked);
}

interface Asked {
  readonly named: readonly string[];
  readonly candidates: readonly Nearest[];
}

/** Candidates of a column: those with its values, and else what its name says and what is like it. */
function askedOf(named: readonly string[], nearest: readonly Nearest[]): Asked {
  const same = nearest.filter(({ late, left }) => late === 0 && left === 0);
  if (same.length > 0) return { named, candidates: same };
  const known = new Set(nearest.map(({ expression }) => expression));
  const more = named.filter((expression) => !known.has(expression));
  return { named, candidates: [...nearest, ...more.map((expression) => ({ expression, late: 0, left: 0 }))] };
}

interface Confirming {
  readonly bars: Bars;
  readonly names: readonly string[];
  readonly values: readonly Float64Array[];
  readonly isAbsent: Uint8Array | undefined;
}

/** Holds the candidates of some columns at a time against all rows. */
function confirm({ bars, names, values, isAbsent }: Confirming, asked: readonly Asked[]): Recognised[] {
  const most = Math.max(1, Math.floor(HELD_BYTES / (8 * bars.rows)));
  const found: Recognised[] = [];
  for (let from = 0; from < names.length;) {
    const expressions = new Set<string>();
    let to = from;
    do for (const { expression } of asked[to++].candidates) expressions.add(expression);
    while (to < names.length && expressions.size + asked[to].candidates.length <= most);
    const texts = [...expressions];
    const all = valuesOf(texts, bars, { start: 0, from: 0, to: bars.rows });
    const byText = new Map(texts.map((text, k) => [text, all[k]]));
    const isMade = ({ candidates }: Asked, column: Float64Array): CandidateMade[] =>
      candidates.flatMap((candidate) =>
        formsOf(candidate, byText.get(candidate.expression) as Float64Array, column, isAbsent).map((one) => ({
          ...one,
          of: candidate.expression,
        })),
      );
    for (; from < to; from++) found.push(judge(names[from], asked[from], isMade(asked[from], values[from])));
  }
  return found;
}

interface CandidateMade extends Made {
  /** The candidate. */
  readonly of: string;
}

/** The best of what a column may be made of. */
function judge(name: string, { named, candidates }: Asked, found: readonly CandidateMade[]): Recognised {
  const made = found.map((one) => ({ ...one, isNamed: named.includes(one.of) }));
  made.sort(
    (x, y) =>
      FORMS.indexOf(x.form) - FORMS.indexOf(y.form) ||
      compareAgreements(x.agreement, y.agreement) ||
      Number(y.isNamed) - Number(x.isNamed) ||
      Number(y.agreement.level === 'bits') - Number(x.agreement.level === 'bits') ||
      x.expression.length - y.expression.length,
  );
  const [best] = made;
  if (best === undefined) {
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
  const { form, expression, text, agreement } = best;
  const or = made
    .filter((one) => one.form === best.form && compareAgreements(one.agreement, best.agreement) === 0)
    .map((one) => one.expression)
    .filter((other) => other !== expression);
  return { name, made: { form, expression, text, agreement }, or: [...new Set(or)].slice(0, MOST_OTHERS) };
}
