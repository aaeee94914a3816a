/** The directory of a run, or of a build alone, opened to be looked at. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import { MANIFEST } from '../files/atomic.ts';
import { readColumns } from '../files/parquet/columns-source.ts';
import { PLACES } from '../runs/whole/steps.ts';
import { hasPrices } from '../store/bars.ts';
import { readRowTimes, rowsIn, type RowsDirectory, type RowTimes } from '../store/rows.ts';
import { driveOf, type Manifest } from '../store/manifest.ts';
import type { Distribution } from '#view';
import type { ViewedClock } from './clock.ts';
import { distributionOf } from './distribution.ts';
import { keepLast } from './kept.ts';
import { readClock } from './read-clock.ts';
import { readLearned, type Learned } from './learned.ts';
import { lineOf, type Line } from './lines.ts';
import { readProblems, type ProblemList } from './problems.ts';
import { foldable, type Foldable } from './ranges.ts';
import { SHOWN } from './telling-columns.ts';

export interface ViewedRun extends Learned {
  /** As it was named. */
  readonly directory: string;
  readonly manifest: Manifest;
  readonly rows: RowTimes;
  /** Flags of the rows; absent: all are. */
  readonly ready: Foldable | undefined;
  readonly complete: Foldable | undefined;
  readonly problems: ProblemList;
  /** Names of the clocks, the one that is shown first in front. */
  readonly clocks: readonly string[];
  clock(name: string): Promise<ViewedClock>;
  /** The feature of that index. */
  feature(index: number): Promise<Line>;
  /** Of the values of that feature. */
  distribution(index: number): Promise<Distribution>;
}

/** Bytes of features that are held at a time; of a million rows some thirty. */
const HELD = 1 << 28;
/** Distributions that are held: small, and a second's work. */
const DISTRIBUTIONS = 1000;

/**
 * Opens what `run` or `build` left in `directory`.
 * @param first the clock that is shown first; the one that drives where absent
 * @throws {MinotaurError} where nothing was left, or there is no such clock
 */
export async function openViewedRun(directory: string, first?: string): Promise<ViewedRun> {
  const place = placeOf(directory);
  const opened = rowsIn(place);
  const { manifest } = opened;
  const rows = await readRowTimes(opened);
  const clocks = await clocksOf(place, manifest, first);
  const { time, ready, complete } = rows;
  const drive = driveOf(manifest);
  const held = Math.max(SHOWN, Math.floor(HELD / (8 * time.length + 1)));
  const feature = keepLast(held, (index: number) => readFeature(opened, index, time.length));
  return {
    directory,
    manifest,
    rows,
    ready: ready && foldable(ready, 'sum'),
    complete: complete && foldable(complete, 'sum'),
    problems: await readProblems(place),
    clocks,
    ...(await readLearned(directory, { schemaId: manifest.schemaId, time })),
    clock: keepLast(clocks.length, (name: string) => readClock(place, name, { time, drive: name === drive })),
    feature,
    distribution: keepLast(DISTRIBUTIONS, async (index: number) =>
      distributionOf((await feature(index)).values, ready),
    ),
  };
}

function placeOf(directory: string): string {
  const places = [join(directory, PLACES.build), directory];
  const found = places.find((place) => existsSync(join(place, MANIFEST)));
  const none = existsSync(directory) ? 'none' : 'no such directory';
  return found ?? fail('input', directory, `a directory that run or build left, with ${MANIFEST}`, none);
}

/** Those that have bars, the one that is shown first in front. */
async function clocksOf(place: string, manifest: Manifest, first: string | undefined): Promise<readonly string[]> {
  const known: string[] = [];
  for (const name of Object.keys(manifest.counts.bars)) if (await hasPrices(place, name)) known.push(name);
  const front = first ?? driveOf(manifest);
  if (!known.includes(front))
    fail('config', 'clock', `a clock of the run (${known.join(', ')})`, `'${front}'${nearest(front, known)}`);
  return [front, ...known.filter((name) => name !== front)];
}

async function readFeature({ file, manifest }: RowsDirectory, index: number, rows: number): Promise<Line> {
  const name = manifest.columns[index];
  const { [name]: values } = await readColumns(file, [name]);
  if (values.length !== rows)
    fail('state', file, `${rows} rows, as when it was opened: open it again`, `${values.length}`);
  return lineOf(values);
}
