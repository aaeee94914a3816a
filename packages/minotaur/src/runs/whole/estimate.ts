/** What a run will take and give, before it is made: a short stretch is built, and the rest is as the stretch. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../store/manifest.ts';
import { build, replay } from '../chain/build.ts';
import type { WarmupForecast } from '../chain/forecast.ts';
import { PLACES, type StepJob, type StepName } from './steps.ts';

/** What to expect of a run, about. */
export interface RunEstimate {
  /** Trades, or bars, that were built to see; the beginning of the files. */
  readonly sampled: number;
  /** Trades in the files; null where bars are the input, of which there is no estimate. */
  readonly trades: number | null;
  /** Rows that will come of them. */
  readonly rows: number | null;
  /** Those that will be ready. */
  readonly readyRows: number | null;
  /** Of a row. */
  readonly columns: number;
  /** Steps that will be taken, and seconds of each; null: not to be told. */
  readonly steps: readonly { readonly name: StepName; readonly seconds: number | null; readonly unchanged: boolean }[];
  /** Bytes below the directory of the run, once all of it is done. */
  readonly bytes: number | null;
  /** What the warm-up takes. */
  readonly forecast: WarmupForecast;
}

/** Trades that are built to see. */
const SAMPLE = 200_000;

/** Seconds a unit, as two cores of 2024 take them: see the benchmarks. What the sample can tell is measured instead. */
const TYPICAL = {
  /** Starting the processes that verify compares with. */
  verifyStart: 4,
  /** Verify, in builds of the same trades. */
  verifyBuilds: 12,
  labelTrade: 5e-7,
  fitValue: 2.5e-7,
  trainValue: 1e-6,
  predictRow: 1.5e-4,
};

/** Of the steps of a run: which are to be taken. */
export type PlannedSteps = readonly { readonly name: StepName; readonly done: boolean }[];

/** Builds and replays the beginning of the files into a directory that is gone afterwards. */
export async function estimateRun(job: StepJob, planned: PlannedSteps): Promise<RunEstimate> {
  const place = join(job.out, '.estimate');
  const { config, files, accept, onProgress, signal } = job;
  let forecast: WarmupForecast | undefined;
  const onWarmup = (found: WarmupForecast): void => void (forecast = found);
  const chain = { config, ...files, accept, minUsed: 0, limit: SAMPLE, onProgress, signal };
  try {
    const built = await build({ ...chain, out: join(place, PLACES.build), onWarmup });
    const replayed = await replay({ ...chain, out: join(place, PLACES.replay) });
    const bytes = bytesBelow(join(place, PLACES.build));
    return estimate({ built, replayed, bytes, forecast: forecast as WarmupForecast, job, planned });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

interface Sampled {
  readonly built: Manifest;
  readonly replayed: Manifest;
  readonly bytes: number;
  readonly forecast: WarmupForecast;
  readonly job: StepJob;
  readonly planned: PlannedSteps;
}

function estimate({ built, replayed, bytes, forecast, job, planned }: Sampled): RunEstimate {
  const sampled = built.counts.trades;
  const columns = built.columns.length;
  const trades = forecast.trades === null ? null : Math.max(forecast.trades, sampled);
  const times = trades === null ? NaN : trades / Math.max(1, sampled);
  const rows = built.counts.rows * times;
  const readyRows = rows * (1 - warmupShare(forecast));
  const values = readyRows * columns;
  const verified = Math.min(1, job.verified / (trades ?? NaN));
  const seconds: Record<StepName, number> = {
    build: built.seconds * times,
    replay: replayed.seconds * times,
    verify: TYPICAL.verifyStart + TYPICAL.verifyBuilds * built.seconds * times * verified,
    label: TYPICAL.labelTrade * (trades ?? NaN),
    split: 1e-6 * rows,
    fit: TYPICAL.fitValue * values,
    train: TYPICAL.trainValue * values,
    predict: TYPICAL.predictRow * readyRows,
    evaluate: 1e-5 * readyRows,
    live: replayed.seconds * times + TYPICAL.predictRow * readyRows,
  };
  const known = (value: number): number | null => (Number.isNaN(value) ? null : Math.round(value));
  const copies = planned.filter(({ name }) => name === 'build' || name === 'replay' || name === 'live').length;
  return {
    sampled,
    trades,
    rows: known(rows),
    readyRows: known(readyRows),
    columns,
    steps: planned.map(({ name, done }) => {
      return { name, seconds: done || Number.isNaN(seconds[name]) ? null : seconds[name], unchanged: done };
    }),
    bytes: known(bytes * times * copies),
    forecast,
  };
}

/** The share of the trades that goes by until every clock is warm. */
function warmupShare({ clocks, spanSeconds }: WarmupForecast): number {
  if (spanSeconds === null || spanSeconds <= 0) return 0;
  return Math.min(1, Math.max(0, ...clocks.map(({ seconds }) => (seconds ?? 0) / spanSeconds)));
}

function bytesBelow(directory: string): number {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0);
}
