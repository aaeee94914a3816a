/** What of the files gets into a chain, told and refused as `build` does: a law that holds over trades of which half was lost says little. */
import type { EngineCounts } from 'minotaur-core/internal/chain/contract';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { createEngine } from '../../node/engine.ts';
import type { Manifest } from '../../store/manifest.ts';
import { feedEvents, type Place } from '../chain/feeds.ts';
import { requireRows } from '../chain/nothing-to-show.ts';
import { runFiles } from '../chain/run-files.ts';
import { createUsage } from '../chain/usage.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import { isPlain, type EventFiles } from './events.ts';

/** What of the files was taken, as the manifest of a build says it. */
export interface TakenEvents extends Pick<Manifest, 'leftOut' | 'unread' | 'used' | 'notes'> {
  /** What the chain counted on the way in. */
  readonly counts: Omit<EngineCounts, 'bars' | 'rows' | 'waitingRows'>;
}

interface Order extends RunOptions {
  readonly files: EventFiles;
  /** The chain that is checked. */
  readonly plan: Plan;
  readonly inputs: Readonly<Record<string, SourceOptions>>;
  readonly minUsed: number | undefined;
}

/**
 * Reads all that is asked for once.
 * @returns beside the account, trades and bars that were read; undefined where checks count other events too
 * @throws {MinotaurError} for what `build` refuses
 */
export async function takeEvents({
  files: { limit, ...patterns },
  plan,
  inputs,
  minUsed,
  ...run
}: Order): Promise<{ readonly taken: TakenEvents; readonly events: number | undefined }> {
  const files = runFiles(patterns, plan);
  const usage = createUsage();
  const current: { place: Place } = { place: (row) => `trade ${row + 1}` };
  const engine = createEngine(doorOf(plan), { onNotice: (notice) => usage.add(current.place, notice) });
  const before = engine.counts();
  const course = createCourse(run, { step: 'intake', unit: 'events' });
  const { rows, leftOut, unread, notes } = await feedEvents({
    engine,
    files,
    inputs,
    live: false,
    limit: limit ?? Infinity,
    ahead: new Set(),
    current,
    begin: async () => ({}),
    settle: async () => {},
    course,
  });
  const { bars: _bars, rows: _rows, waitingRows: _waiting, ...counts } = engine.counts();
  const used = usage.require(before, engine.counts(), minUsed);
  requireRows({ limit }, plan, before, engine.counts());
  const told = [...usage.report(), ...notes];
  const taken: TakenEvents = {
    counts,
    leftOut,
    used,
    ...(unread.length === 0 ? {} : { unread }),
    ...(told.length === 0 ? {} : { notes: told }),
  };
  const read = [...rows.values()].flatMap((each) => [...each.values()]);
  return { taken, events: isPlain(files, plan) ? read.reduce((sum, n) => sum + n, 0) : undefined };
}

/**
 * The same chain as far as it decides what is taken: with next to no features, of which the intake knows nothing. One name for all: with the
 * suffixes, which differ, no two columns are called the same.
 */
function doorOf({ config, clocks }: Plan): Plan {
  const features = Object.fromEntries(
    clocks.map(({ name, source }) => [name, [`${source.type === 'series' ? source.values[0] : 'close'} as taken`]]),
  );
  return createPlan({ ...config, features, ready: { ...config.ready, ignore: [] } });
}
