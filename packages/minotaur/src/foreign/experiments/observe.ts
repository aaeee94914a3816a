/** All experiments, done: what the code gave for the table, and for every change of it. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { fail } from 'minotaur-core/internal/base/errors';
import { isFailed, type Answer, type Asked } from '../target/target.ts';
import { later, shuffled, withoutRows, withoutValues } from '../table/changes.ts';
import { garble } from '../table/garble.ts';
import { sliceRows, type ForeignTable } from '../table/table.ts';
import { timesIn } from '../table/times.ts';
import { compareColumn, rangeOf, ROUNDING } from './compare.ts';
import type { Done, Found, FutureExperiment, Refused } from './experiment.ts';
import type { Lab } from './lab.ts';
import { planAll, planStretches, type Counts, type Stretch } from './plan.ts';
import { referenceOf, type Reference } from './reference.ts';

/** What a future was compared with: the run over the table as it is, or over one with a hole. */
export interface DoneFuture extends Done<FutureExperiment> {
  readonly against: Reference;
}

/** Why two runs over the same table differ. */
export type Cause = 'chance' | 'state' | 'seed' | 'zone' | 'interpreter' | 'clock';

export interface Observations {
  readonly whole: ForeignTable;
  readonly reference: Reference;
  /** Columns that are asked about; those that are the input's are in `passed`. */
  readonly names: readonly string[];
  readonly passed: readonly string[];
  /** Ranges of columns, for distances. */
  readonly ranges: ReadonlyMap<string, number>;
  /** Columns that differ between runs over the same table, and why. */
  readonly unstable: ReadonlyMap<string, Cause>;
  readonly futures: readonly DoneFuture[];
  readonly starts: readonly Done<Stretch>[];
  readonly windows: readonly Done<Stretch>[];
  readonly missing?: Done<Stretch> | undefined;
  readonly gap?: Done<Stretch> | undefined;
  readonly later?: Found | undefined;
  readonly shuffled?: Found | undefined;
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
}

const OTHER_ZONE = 'Asia/Kolkata';
/** 400 days, in seconds. */
const CLOCK_AHEAD = 400 * 86_400;

/** Does them all, as far as the budget goes. @throws {MinotaurError} where the code fails on the table as it is */
export async function observe(lab: Lab, whole: ForeignTable, options: ObserveOptions): Promise<Observations> {
  const first = await lab.run(whole);
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
  const watched = await bench.run('a run that is watched', whole, undefined, { watch: true });
  return {
    whole,
    ...basis,
    passed,
    ...steady,
    ...changes,
    seen: [...first.seen, ...(watched?.answer.seen ?? [])],
    runSeconds: first.seconds,
    refused: bench.refused,
    undone: bench.undone,
  };
}

/** What the code lacks may be why. */
function failFirst({ name, leftOut = [] }: ObserveOptions, why: string): never {
  const lacks = leftOut.length === 0 ? '' : `; of the file it is not given ${leftOut.join(', ')}`;
  return fail('input', name, 'columns', `${why}${lacks}`);
}

interface Basis {
  readonly reference: Reference;
  readonly names: readonly string[];
  readonly ranges: ReadonlyMap<string, number>;
}

/** Whether a column is one of the input's, as it is. */
function isInput(whole: ForeignTable, { columns, known, isByRow }: Reference, name: string): boolean {
  const given = whole.columns.find((column) => column.name === name);
  if (given === undefined || !isByRow || given.type === 'text') return false;
  const values = columns.get(name) as Float64Array;
  return values.every((value, r) => Object.is(value, given.values[known[r]]) || value === given.values[known[r]]);
}

/** Runs beside the first. */
interface Bench {
  readonly refused: Refused[];
  readonly undone: string[];
  /** A run, its rows placed; undefined where it failed or was not done, which is noted. */
  run(
    what: string,
    table: ForeignTable,
    against?: Reference,
    how?: Partial<Omit<Asked, 'table'>>,
  ): Promise<Found | undefined>;
}

function createBench(lab: Lab, reference: Reference): Bench {
  const refused: Refused[] = [];
  const undone: string[] = [];
  return {
    refused,
    undone,
    async run(what, table, against = reference, how = {}) {
      const answer = await lab.run(table, how);
      if (answer === undefined) return void undone.push(what);
      if (isFailed(answer)) return void refused.push({ what, why: answer.failed });
      const matched = against.match(answer, table);
      if (matched === undefined) return void refused.push({ what, why: 'its rows cannot be placed' });
      return { answer, matched, table };
    },
  };
}

/** Columns in which two runs over the same table differ. */
function differing({ reference, names, ranges }: Basis, found: Found | undefined): string[] {
  if (found === undefined) return [];
  const { matched, answer } = found;
  return names.filter((name) => {
    const how = { to: Infinity, range: ranges.get(name) ?? 1, tolerance: ROUNDING };
    const { rows } = compareColumn(reference, name, { matched, columns: answer.columns }, how);
    return rows > 0 || matched.at.includes(-1);
  });
}

/** Runs over the same table: with the same seed, which shows chance; in another world; and with a clock that is ahead. */
async function observeRepeats(
  bench: Bench,
  whole: ForeignTable,
  basis: Basis,
  seed: number,
): Promise<Pick<Observations, 'unstable'>> {
  const other = { seed: seed + 1, zone: OTHER_ZONE, fresh: true };
  const [same, elsewhere, ahead, second] = await Promise.all([
    bench.run('the same again', whole),
    bench.run('another seed, time zone and interpreter', whole, undefined, other),
    bench.run('a clock that is ahead', whole, undefined, { clock: CLOCK_AHEAD }),
    bench.run('a second call', whole, undefined, { twice: true }),
  ]);
  const unstable = new Map<string, Cause>();
  const blame = (names: readonly string[], cause: Cause): void => {
    for (const name of names) if (!unstable.has(name)) unstable.set(name, cause);
  };
  blame(differing(basis, same), 'chance');
  blame(differing(basis, second), 'state');
  blame(differing(basis, ahead), 'clock');
  const changed = differing(basis, elsewhere).filter((name) => !unstable.has(name));
  if (changed.length > 0) {
    const [bySeed, byZone] = await Promise.all([
      bench.run('another seed', whole, undefined, { seed: seed + 1 }),
      bench.run('another time zone', whole, undefined, { zone: OTHER_ZONE }),
    ]);
    const among = (names: readonly string[]): string[] => names.filter((name) => changed.includes(name));
    blame(among(differing(basis, bySeed)), 'seed');
    blame(among(differing(basis, byZone)), 'zone');
    blame(changed, 'interpreter');
  }
  return { unstable };
}

type Changed = Pick<Observations, 'futures' | 'starts' | 'windows' | 'missing' | 'gap' | 'later' | 'shuffled'>;

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
  const [futures, holes, started, windowed, moved, mixed] = await Promise.all([
    runFutures(bench, basis.reference, whole, planned, seed),
    runHoles(bench, basis.reference, whole, hole, seed),
    runStretches(bench, whole, starts, 'a later start'),
    runStretches(bench, whole, windows, 'a window'),
    bench.run('28 years later', later(whole)),
    bench.run('rows in another order', shuffled(whole, random)),
  ]);
  return {
    futures: [...futures, ...holes.futures],
    missing: holes.missing,
    gap: holes.gap,
    starts: started,
    windows: windowed,
    later: moved,
    shuffled: mixed,
  };
}

const WORDS: Readonly<Record<FutureExperiment['kind'], string>> = {
  cut: 'a cut',
  garble: 'another future',
  hostile: 'a hostile future',
  early: 'another future from early on',
  filled: 'another future behind a bar without values',
  bridged: 'another future behind a gap',
};

/** The table of an experiment: cut, or with another future. */
function futureTable(
  whole: ForeignTable,
  { kind, at, future = 'plain' }: FutureExperiment,
  seed: number,
): ForeignTable {
  return kind === 'cut' ? sliceRows(whole, 0, at) : garble(whole, at, future, mulberry32(seed + at));
}

/** More experiments on the future, beside those that were done. */
export async function pursue(
  lab: Lab,
  observations: Observations,
  experiments: readonly FutureExperiment[],
  seed: number,
): Promise<Observations> {
  const { whole, reference, futures, refused, undone } = observations;
  const bench = createBench(lab, reference);
  const more = await runFutures(bench, reference, whole, experiments, seed + 1);
  return {
    ...observations,
    futures: [...futures, ...more],
    refused: [...refused, ...bench.refused],
    undone: [...undone, ...bench.undone],
  };
}

/** Runs over tables with other futures. */
async function runFutures(
  bench: Bench,
  against: Reference,
  table: ForeignTable,
  experiments: readonly FutureExperiment[],
  seed: number,
): Promise<DoneFuture[]> {
  const done = await Promise.all(
    experiments.map(async (experiment) => {
      const { kind, at } = experiment;
      const found = await bench.run(`${WORDS[kind]} from row ${at} on`, futureTable(table, experiment, seed), against);
      return found && { experiment, found, against };
    }),
  );
  return done.filter((one) => one !== undefined);
}

async function runStretches(
  bench: Bench,
  whole: ForeignTable,
  stretches: readonly Stretch[],
  what: string,
): Promise<Done<Stretch>[]> {
  const done = await Promise.all(
    stretches.map(async (experiment) => {
      const { from, to } = experiment;
      const found = await bench.run(`${what}, rows ${from} to ${to}`, sliceRows(whole, from, to));
      return found && { experiment, found };
    }),
  );
  return done.filter((one) => one !== undefined);
}

/** A bar without values and a gap; then another future behind each, which what was done about it may not have looked at. */
async function runHoles(
  bench: Bench,
  reference: Reference,
  whole: ForeignTable,
  { from, to }: Stretch,
  seed: number,
): Promise<Pick<Changed, 'missing' | 'gap' | 'futures'>> {
  const one = async (
    kind: 'filled' | 'bridged',
  ): Promise<{ done: Done<Stretch> | undefined; futures: DoneFuture[] }> => {
    const experiment = kind === 'filled' ? { from, to: timesIn(whole).next(from + 1) } : { from, to };
    const table = kind === 'filled' ? withoutValues(whole, from, experiment.to) : withoutRows(whole, from, to);
    const found = await bench.run(kind === 'filled' ? 'a bar without values' : `a gap of ${to - from} rows`, table);
    if (found === undefined) return { done: undefined, futures: [] };
    // Rows before the hole must not know of it.
    const own: DoneFuture = {
      experiment: { kind: kind === 'filled' ? 'hostile' : 'cut', at: from, isEvent: true },
      found,
      against: reference,
    };
    const against = referenceOf(found.answer, table, whole);
    if (against === undefined) return { done: { experiment, found }, futures: [own] };
    // Behind the hole: in the table with the gap that is where the hole was.
    const behind = kind === 'filled' ? experiment.to : from;
    const other = await bench.run(WORDS[kind], garble(table, behind, 'plain', mulberry32(seed + 7)), against);
    const at = experiment.to;
    const behindIt =
      other === undefined ? [] : [{ experiment: { kind, at, future: 'plain' as const }, found: other, against }];
    return { done: { experiment, found }, futures: [own, ...behindIt] };
  };
  const [missing, gap] = await Promise.all([one('filled'), one('bridged')]);
  return { missing: missing.done, gap: gap.done, futures: [...missing.futures, ...gap.futures] };
}
