/** All experiments, done: what the code gave for the table, and for every change of it. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { fail } from 'minotaur-core/internal/base/errors';
import { isFailed, type Answer, type Asked } from '../target/target.ts';
import { later, shuffled } from '../table/changes.ts';
import { sliceRows, type ForeignTable } from '../table/table.ts';
import { createBench, type Bench } from './bench.ts';
import { rangeOf } from './compare.ts';
import type { DoneFuture, DoneHole, DoneStart, DoneWindow, Refused } from './experiment.ts';
import { runFutures, runHoles } from './futures.ts';
import type { Lab } from './lab.ts';
import { changedByDates, changedColumns, measureStart, measureWindow, type Basis, type Run } from './measure.ts';
import { planAll, planStretches, type Counts, type Stretch } from './plan.ts';
import { referenceOf, type Reference } from './reference.ts';

/** Why two runs over the same table differ. */
export type Cause = 'chance' | 'state' | 'seed' | 'zone' | 'interpreter' | 'clock';

export interface Observations extends Basis {
  readonly whole: ForeignTable;
  /** Columns that are the input's. */
  readonly passed: readonly string[];
  /** Columns that differ between runs over the same table, and why. */
  readonly unstable: ReadonlyMap<string, Cause>;
  readonly futures: readonly DoneFuture[];
  readonly starts: readonly DoneStart[];
  readonly windows: readonly DoneWindow[];
  readonly missing?: DoneHole | undefined;
  readonly gap?: DoneHole | undefined;
  /** Columns that differ 28 years later. */
  readonly dated: readonly string[];
  /** Columns that differ where the rows come in another order. */
  readonly ordered: readonly string[];
  readonly refused: readonly Refused[];
  /** What the code asked of the world while it ran. */
  readonly seen: Answer['seen'];
  /** Seconds that one run takes. */
  readonly runSeconds: number;
  /** Experiments that the budget left undone. */
  readonly undone: readonly string[];
}

export interface ObserveOptions {
  readonly counts: Counts;
  readonly seed: number;
  /** Rows of the declared training span: nothing is changed in them. */
  readonly trained: number;
  /** Rows that a live system hands the code; absent: 500, or a quarter of the table. */
  readonly window?: number | undefined;
  /** What the code is, for errors. */
  readonly name: string;
  /** Columns that are labels: they have to be there. */
  readonly labels: readonly string[];
  /** Columns of the file that the code is not given. */
  readonly leftOut?: readonly string[] | undefined;
  /** What was guessed of the code. */
  readonly guessed?: string | undefined;
}

const OTHER_ZONE = 'Asia/Kolkata';
/** 400 days, in seconds. */
const CLOCK_AHEAD = 400 * 86_400;

/** Does them all, as far as the budget goes. @throws {MinotaurError} where the code fails on the table as it is */
export async function observe(lab: Lab, whole: ForeignTable, options: ObserveOptions): Promise<Observations> {
  const first = await lab.run(() => whole);
  if (first === undefined || isFailed(first)) return failFirst(options, first?.failed ?? 'no run');
  const reference = referenceOf(first, whole, whole);
  if (reference === undefined) {
    const expected = `a row for each of the ${whole.rows}, or the column ${whole.time}, or the index that it was given`;
    return fail('input', options.name, expected, `${first.rows} rows without any of them`);
  }
  const passed = [...first.columns.keys()].filter((name) => isInput(whole, reference, name));
  const names = [...first.columns.keys()].filter((name) => !passed.includes(name));
  if (names.length === 0) return fail('input', options.name, 'columns beside those of its input', 'none');
  const strange = options.labels.find((label) => !names.includes(label));
  if (strange !== undefined)
    return fail('config', 'labels', `columns of the code: ${names.slice(0, 20).join(', ')}`, `'${strange}'`);
  const ranges = new Map(names.map((name) => [name, rangeOf(reference.columns.get(name) as Float64Array)]));
  const bench = createBench(lab, reference);
  const basis = { reference, names, ranges };
  const steady = await observeRepeats(bench, whole, basis, options.seed);
  const changes = await observeChanges(bench, whole, basis, options);
  // A watch slows code down, so that nothing else depends on this run.
  const watched = await bench.run(
    'a run that is watched',
    () => whole,
    ({ answer }) => answer.seen,
    { watch: true },
  );
  return {
    whole,
    ...basis,
    passed,
    ...steady,
    ...changes,
    seen: [...first.seen, ...(watched ?? [])],
    runSeconds: first.seconds,
    refused: bench.refused,
    undone: bench.undone,
  };
}

/** What the code lacks may be why. */
function failFirst({ name, leftOut = [], guessed }: ObserveOptions, why: string): never {
  const lacks = leftOut.length === 0 ? [] : [`of the file it is not given ${leftOut.join(', ')}`];
  return fail('input', name, 'columns', [why, ...lacks, ...(guessed === undefined ? [] : [guessed])].join('; '));
}

/** Whether a column is one of the input's, as it is. */
function isInput(whole: ForeignTable, { columns, known, isByRow }: Reference, name: string): boolean {
  const given = whole.columns.find((column) => column.name === name);
  if (given === undefined || !isByRow || given.type === 'text') return false;
  const values = columns.get(name) as Float64Array;
  return values.every((value, r) => Object.is(value, given.values[known[r]]) || value === given.values[known[r]]);
}

/** Runs over the same table: with the same seed, which shows chance; in another world; and with a clock that is ahead. */
async function observeRepeats(
  bench: Bench,
  whole: ForeignTable,
  basis: Basis,
  seed: number,
): Promise<Pick<Observations, 'unstable'>> {
  /** Columns that differ; all where rows are missing. */
  const differing = (run: Run): readonly string[] =>
    run.matched.at.includes(-1) ? basis.names : changedColumns(basis, run);
  const again = async (what: string, how?: Partial<Omit<Asked, 'table'>>): Promise<readonly string[]> =>
    (await bench.run(what, () => whole, differing, how)) ?? [];
  const [same, elsewhere, ahead, second] = await Promise.all([
    again('the same again'),
    again('another seed, time zone and interpreter', { seed: seed + 1, zone: OTHER_ZONE, fresh: true }),
    again('a clock that is ahead', { clock: CLOCK_AHEAD }),
    again('a second call', { twice: true }),
  ]);
  const unstable = new Map<string, Cause>();
  const blame = (names: readonly string[], cause: Cause): void => {
    for (const name of names) if (!unstable.has(name)) unstable.set(name, cause);
  };
  blame(same, 'chance');
  blame(second, 'state');
  blame(ahead, 'clock');
  const changed = elsewhere.filter((name) => !unstable.has(name));
  if (changed.length > 0) {
    const [bySeed, byZone] = await Promise.all([
      again('another seed', { seed: seed + 1 }),
      again('another time zone', { zone: OTHER_ZONE }),
    ]);
    const among = (names: readonly string[]): string[] => names.filter((name) => changed.includes(name));
    blame(among(bySeed), 'seed');
    blame(among(byZone), 'zone');
    blame(changed, 'interpreter');
  }
  return { unstable };
}

type Changed = Pick<Observations, 'futures' | 'starts' | 'windows' | 'missing' | 'gap' | 'dated' | 'ordered'>;

/** Runs over changed tables. */
async function observeChanges(
  bench: Bench,
  whole: ForeignTable,
  basis: Basis,
  options: ObserveOptions,
): Promise<Changed> {
  const { seed } = options;
  const random = mulberry32(seed);
  const planned = planAll(whole, basis, options, random);
  const { hole, windows, starts } = planStretches(whole, options, random);
  const changed = (run: Run): string[] => changedColumns(basis, run);
  const stretch = <T>(what: string, { from, to }: Stretch, measure: (run: Run) => T): Promise<T | undefined> =>
    bench.run(`${what}, rows ${from} to ${to}`, () => sliceRows(whole, from, to), measure);
  const [futures, holes, started, windowed, dated, ordered] = await Promise.all([
    runFutures(bench, basis, whole, planned, seed),
    runHoles(bench, basis, whole, hole, seed),
    Promise.all(starts.map((one) => stretch('a later start', one, (run) => measureStart(one, basis, run)))),
    Promise.all(windows.map((one) => stretch('a window', one, (run) => measureWindow(one, basis, run)))),
    bench.run(
      '28 years later',
      () => later(whole),
      (run) => changedByDates(basis, run),
    ),
    bench.run('rows in another order', () => shuffled(whole, random), changed),
  ]);
  return {
    futures: [...futures, ...holes.futures],
    missing: holes.missing,
    gap: holes.gap,
    starts: started.filter((one) => one !== undefined),
    windows: windowed.filter((one) => one !== undefined),
    dated: dated ?? [],
    ordered: ordered ?? [],
  };
}
