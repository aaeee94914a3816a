/** A configuration tried on trades or bars, in memory: how many rows come of it, and how many are ready. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { parseConfig, type Config, type ConfigInput } from 'minotaur-core/internal/config/config';
import type { Notice } from 'minotaur-core/internal/trades/intake';
import { openTradesInThread } from '../../files/trades/trade-thread.ts';
import { createEngine } from '../../node/engine.ts';
import { feedEvents, type Place } from '../chain/feeds.ts';
import { runFiles } from '../chain/run-files.ts';
import { settleInstruments } from '../chain/settle.ts';
import { createUsage } from '../chain/usage.ts';
import { createCourse, type RunOptions } from '../course/options.ts';

/** What is tried, on what. */
export interface Trial extends RunOptions {
  readonly config: ConfigInput;
  readonly files: readonly string[];
  readonly accept: boolean | undefined;
  /** Time of the first trade or bar, microseconds, and that by which a row has to be ready. */
  readonly from: number;
  readonly until: number;
}

/** What came of it. */
export interface TrialOutcome {
  /** Trades, or bars, that were used. */
  readonly trades: number;
  readonly rows: number;
  readonly readyRows: number;
  /** Seconds from the first trade to the first row that is ready; Infinity where none is. */
  readonly readyAfter: number;
  /** Closes of the driving bars. */
  readonly closes: readonly number[];
}

/** Trades that are enough, once a row is ready or the time has come by which one should be. */
const ENOUGH = 1_000_000;
/** Closes that are kept. */
const CLOSES = 200_000;

/** @throws {MinotaurError} for trades that a build would refuse */
export async function tryConfig({ config: input, files, accept, from, until, ...run }: Trial): Promise<TrialOutcome> {
  const { config, inputs } = await settleInstruments(parseConfig(input), { trades: files, accept });
  let place: (row: number) => string = String;
  const usage = createUsage();
  const { engine, outcome } = tryingEngine(config, from, (notice) => usage.add(place, notice));
  const before = engine.counts();
  const [options] = Object.values(inputs);
  const source = await openTradesInThread(files, options);
  const course = createCourse(run, { step: 'try', unit: 'trades' });
  try {
    for await (const { block, facts } of source.blocks()) {
      place = facts.place ?? String;
      engine.push(block, facts);
      const { trades } = engine.counts();
      await course.add(block.length);
      if (trades >= ENOUGH && (outcome().readyRows > 0 || block.time[block.length - 1] > until)) break;
    }
  } finally {
    source.close();
  }
  usage.require(before, engine.counts());
  return outcome();
}

/** The same of bars, of the first million where there are more. @throws {MinotaurError} for bars that a build would refuse */
export async function tryBars({
  config: input,
  files,
  accept,
  from,
  ...run
}: Omit<Trial, 'until'>): Promise<TrialOutcome> {
  const { config, inputs } = await settleInstruments(parseConfig(input), { accept });
  const current: { place: Place } = { place: String };
  const usage = createUsage();
  const { engine, outcome } = tryingEngine(config, from, (notice) => usage.add(current.place, notice));
  const before = engine.counts();
  await feedEvents({
    engine,
    files: runFiles({ bars: files }, engine.plan),
    inputs,
    live: false,
    limit: ENOUGH,
    ahead: new Set(),
    current,
    begin: async () => ({}),
    settle: async () => {},
    course: createCourse(run, { step: 'try', unit: 'bars' }),
  });
  usage.require(before, engine.counts());
  return outcome();
}

/** An engine that is listened to, and what has come of it. `from`: microseconds. */
function tryingEngine(config: Config, from: number, onNotice: (notice: Notice) => void) {
  const closes: number[] = [];
  let [rows, readyRows, readyAfter] = [0, 0, Infinity];
  const engine = createEngine(config, {
    onRows({ count, time, ready }) {
      for (let r = 0; r < count; r++) {
        if (ready[r] === 1 && readyRows === 0) readyAfter = (time[r] - from) / MICROS_PER_SECOND;
        readyRows += ready[r];
      }
      rows += count;
    },
    onBars({ clock, data, from: first, to }) {
      if (clock !== config.drive) return;
      for (let i = first; i < to && closes.length < CLOSES; i++) closes.push(data[COLUMN.close][i]);
    },
    onNotice,
  });
  const outcome = (): TrialOutcome => ({ trades: engine.counts().trades, rows, readyRows, readyAfter, closes });
  return { engine, outcome };
}
