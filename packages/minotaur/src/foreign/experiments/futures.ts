/** Runs over tables with another future, and with holes. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { withoutRows, withoutValues } from '../table/changes.ts';
import { garble } from '../table/garble.ts';
import { sliceRows, type ForeignTable } from '../table/table.ts';
import { timesIn } from '../table/times.ts';
import type { Bench } from './bench.ts';
import type { DoneFuture, DoneHole, FutureExperiment } from './experiment.ts';
import { measureFuture, measureHole, type Basis } from './measure.ts';
import type { Stretch } from './plan.ts';
import { referenceOf } from './reference.ts';

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

/** Runs over tables with other futures. */
export async function runFutures(
  bench: Bench,
  basis: Basis,
  whole: ForeignTable,
  experiments: readonly FutureExperiment[],
  seed: number,
): Promise<DoneFuture[]> {
  const done = await Promise.all(
    experiments.map((experiment) =>
      bench.run(
        `${WORDS[experiment.kind]} from row ${experiment.at} on`,
        () => futureTable(whole, experiment, seed),
        (run) => measureFuture(experiment, basis, basis.reference, run),
      ),
    ),
  );
  return done.filter((one) => one !== undefined);
}

interface Holes {
  readonly missing: DoneHole | undefined;
  readonly gap: DoneHole | undefined;
  readonly futures: readonly DoneFuture[];
}

/** A bar without values and a gap; then another future behind each, which what was done about it may not have looked at. */
export async function runHoles(
  bench: Bench,
  basis: Basis,
  whole: ForeignTable,
  { from, to }: Stretch,
  seed: number,
): Promise<Holes> {
  const one = async (kind: 'filled' | 'bridged') => {
    const isFilled = kind === 'filled';
    const stretch = isFilled ? { from, to: timesIn(whole).next(from + 1) } : { from, to };
    const make = (): ForeignTable => (isFilled ? withoutValues(whole, from, stretch.to) : withoutRows(whole, from, to));
    // Rows before the hole must not know of it.
    const before: FutureExperiment = { kind: isFilled ? 'hostile' : 'cut', at: from, isEvent: true };
    const hole = await bench.run(isFilled ? 'a bar without values' : `a gap of ${to - from} rows`, make, (run) => ({
      done: measureHole(stretch, basis, whole.rows, run),
      own: measureFuture(before, basis, basis.reference, run),
      against: referenceOf(run.answer, run.table, whole),
    }));
    if (hole === undefined) return { done: undefined, futures: [] };
    const { done, own, against } = hole;
    if (against === undefined) return { done, futures: [own] };
    // Behind the hole: in the table with the gap that is where the hole was.
    const behind = isFilled ? stretch.to : from;
    const experiment: FutureExperiment = { kind, at: stretch.to, future: 'plain' };
    const other = await bench.run(
      WORDS[kind],
      () => garble(make(), behind, 'plain', mulberry32(seed + 7)),
      (run) => measureFuture(experiment, basis, against, run),
      {},
      against,
    );
    return { done, futures: other === undefined ? [own] : [own, other] };
  };
  const [missing, gap] = await Promise.all([one('filled'), one('bridged')]);
  return { missing: missing.done, gap: gap.done, futures: [...missing.futures, ...gap.futures] };
}
