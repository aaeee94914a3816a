/** Which expression of ours computes each column of a table. */
import { namedCandidates, usualCandidates } from './candidates/candidates.ts';
import { valuesOf, type Bars } from './candidates/values.ts';
import { absentIn, coarseClocks, heldIn, isKnownAtOpen, withoutLast, type CoarseClock } from './coarse.ts';
import { createContest, type Nearest } from './agreement/nearest.ts';
import { chooseSample, keptOf } from './agreement/sample.ts';
import { columnsOf, readInParts, type Columns } from './columns.ts';
import { confirm, type Asked, type Confirmed } from './confirm.ts';

/** What was found of a column. */
export interface Recognised extends Confirmed {
  /** The length of the bars that it is made of, where they are coarser than the rows, and when they were joined. */
  readonly coarse?: { readonly clock: string; readonly joined: Joined };
}

/** `closed`: rows behind a coarse bar have its value; `opening`: rows within it, of what is known when it opens; `atOpen`: of what is not. */
type Joined = 'closed' | 'opening' | 'atOpen';

export interface RecogniseOptions {
  /** Length of a bar, microseconds; NaN where they are of no one length. */
  readonly step: number;
  /** 1 where the table has no row for a bar. */
  readonly isAbsent?: Uint8Array | undefined;
  /** Told of so many expressions more that were tried, and how many there are; of none where something else was done. */
  readonly onPart?: ((more: number, total: number) => Promise<void> | void) | undefined;
}

/** Candidates whose values in the sample are held at once. */
const AT_ONCE = 500;
/** Candidates that are confirmed because of their name. */
const MOST_NAMED = 12;

/** Recognises `columns`, which have a value for each of `bars`. */
export async function recognise(
  bars: Bars,
  columns: Columns,
  { step, isAbsent, onPart }: RecogniseOptions,
): Promise<Recognised[]> {
  const found = await recogniseAt(bars, columns, { isAbsent, onPart });
  const left = found.filter(({ made }) => made === undefined).map(({ name }) => name);
  if (left.length === 0 || Number.isNaN(step)) return found;
  const clocks = coarseClocks(bars, step).map((clock) => ({ clock, held: new Map<string, Float64Array>() }));
  for await (const part of readInParts(columns, left, bars.rows))
    for (const [name, values] of part)
      for (const { clock, held } of clocks) {
        const own = heldIn(values, clock.starts, isAbsent);
        if (own !== undefined) held.set(name, own);
      }
  const again = new Map<string, Recognised>();
  for (const { clock, held } of clocks) {
    for (const name of again.keys()) held.delete(name);
    const coarse = await recogniseCoarse(clock, held, {
      isAbsent: isAbsent && absentIn(isAbsent, clock.starts),
      onPart: (_, total) => onPart?.(0, total),
    });
    for (const one of coarse) again.set(one.name, one);
  }
  return found.map((one) => again.get(one.name) ?? one);
}

type Options = Omit<RecogniseOptions, 'step'>;

/**
 * Columns that hold one value for each bar of `clock`. That of the bar before is asked first: where bars open at the close before, what is
 * that close is no look ahead, whatever else it equals.
 */
async function recogniseCoarse(
  { bars, word }: CoarseClock,
  held: ReadonlyMap<string, Float64Array>,
  { isAbsent, onPart }: Options,
): Promise<Recognised[]> {
  const find = async (of: Bars, values: ReadonlyMap<string, Float64Array>, absent: Uint8Array | undefined) =>
    values.size === 0
      ? []
      : (await recogniseAt(of, columnsOf(values), { isAbsent: absent, onPart })).filter(
          ({ made }) => made?.form === 'same' || made?.form === 'late',
        );
  const next = new Map([...held].map(([name, values]) => [name, values.subarray(1)] as const));
  const closed = await find(withoutLast(bars), next, isAbsent?.subarray(1));
  const known = new Set(closed.map(({ name }) => name));
  const others = await find(bars, new Map([...held].filter(([name]) => !known.has(name))), isAbsent);
  return [
    ...closed.map((one) => ({ ...one, coarse: { clock: word, joined: 'closed' as const } })),
    ...others.map((one) => {
      const joined = isKnownAtOpen(one.made?.expression ?? '') ? ('opening' as const) : ('atOpen' as const);
      return { ...one, coarse: { clock: word, joined } };
    }),
  ];
}

async function recogniseAt(bars: Bars, columns: Columns, { isAbsent, onPart }: Options): Promise<Confirmed[]> {
  const { names } = columns;
  const given = [...bars.columns.keys()];
  const kept = keptOf(bars.rows);
  const ends: Float64Array[] = [];
  for await (const part of readInParts(columns, names, bars.rows))
    for (const [, values] of part) ends.push(values.slice(kept.from, kept.to));
  const sample = chooseSample(kept, ends);
  const contest = createContest(ends, sample);
  // What columns are called comes first: of a column that it is right of, little more is asked.
  const named = names.map((name) => namedCandidates(name, given).slice(0, MOST_NAMED));
  const usual = [...new Set([...named.flat(), ...usualCandidates(given, names)])];
  for (let from = 0; from < usual.length; from += AT_ONCE) {
    const some = usual.slice(from, from + AT_ONCE);
    contest.take(some, valuesOf(some, bars, sample));
    await onPart?.(some.length, usual.length);
  }
  const asked = contest.nearest().map((nearest, k) => askedOf(names[k], named[k], nearest));
  return confirm({ bars, columns, isAbsent, onPart: () => onPart?.(0, usual.length) }, asked);
}

/** Candidates of a column: those with its values, and else what its name says and what is like it. */
function askedOf(name: string, named: readonly string[], nearest: readonly Nearest[]): Asked {
  const same = nearest.filter(({ late, left }) => late === 0 && left === 0);
  if (same.length > 0) return { name, named, candidates: same };
  const known = new Set(nearest.map(({ expression }) => expression));
  const more = named.filter((expression) => !known.has(expression));
  return { name, named, candidates: [...nearest, ...more.map((expression) => ({ expression, late: 0, left: 0 }))] };
}
