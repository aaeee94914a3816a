/** `demo`: everything once, on simulated trades. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../files/config-file.ts';
import { readClockBars } from '../store/bars.ts';
import type { Manifest } from '../store/manifest.ts';
import { readRowColumns, rowsIn } from '../store/rows.ts';
import type { CheckResult } from '../verify/harness/check.ts';
import { build, replay } from './chain/build.ts';
import { learn, type DemoLearned, type Timed } from './demo-learning.ts';
import type { EvaluateReport, Evaluation } from './learning/evaluate.ts';
import { secondsSince, type RunOptions } from './course/options.ts';
import { simulate } from './simulate.ts';
import { verify, type VerifyReport } from './verification/verify.ts';

/** What `demo` takes. */
export interface DemoOptions extends RunOptions {
  /** Trades to simulate. */
  readonly trades: number;
  /** Of the simulation. */
  readonly seed: number;
  /** Directory for everything. */
  readonly out: string;
  /** Told of each thing when it is done. */
  readonly onEvent?: ((event: DemoEvent) => void) | undefined;
}

/** What the demo has just done. */
export type DemoEvent =
  | {
      /** A step was taken. */
      readonly kind: 'step';
      readonly timing: DemoTiming;
    }
  | {
      /** Rows of history and live were compared. */
      readonly kind: 'rows';
      readonly same: boolean;
      readonly build: string;
      readonly replay: string;
    }
  | {
      /** Predictions of history and live were compared. */
      readonly kind: 'predictions';
      readonly same: boolean;
      readonly learned: DemoLearned;
    }
  | {
      /** A check was run. */
      readonly kind: 'check';
      readonly outcome: CheckResult;
    };

/** A step of the demo, seconds with two decimals, and what it was. */
export type DemoTiming = readonly [step: string, seconds: string, what: string];

/** What `demo` found. */
export interface DemoReport {
  /** Whether build and replay gave the same rows. */
  readonly same: boolean;
  /** Whether that, the same of predictions, and every check. */
  readonly holds: boolean;
  /** What the build says of itself. */
  readonly build: Manifest;
  /** Digest of the rows of the replay. */
  readonly replayDigest: string;
  /** What was learned. */
  readonly learned: DemoLearned;
  /** Of each step. */
  readonly timings: readonly DemoTiming[];
  /** What the checks say. */
  readonly verdict: VerifyReport;
  /** Predictions and labels of the model that was trained. */
  readonly evaluation: Evaluation;
  /** How good they are. */
  readonly measured: EvaluateReport;
  /** Bars and features to draw. */
  readonly charts: DemoCharts;
}

/** Candles, and features over the same time. */
export interface DemoCharts {
  /** What the candles are. */
  readonly title: string;
  /** The newest bars. */
  readonly candles: readonly {
    readonly time: number;
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly close: number;
  }[];
  /** Times in microseconds. */
  readonly lines: readonly {
    readonly title: string;
    readonly time: readonly number[];
    readonly value: readonly number[];
  }[];
}

/** Events that the demo's verification looks at: enough to close bars of every kind, few enough for a minute in all. */
const VERIFIED = 500_000;
/** Features that are drawn. */
const DRAWN = ['rsi_14_db_s', 'macd_hist_db_s', 'trade_imbalance_db_m', 'natr_14_tb_1min'];
/** Bars that are drawn at most: the newest. */
const CANDLES = 1500;

/** Simulates a market, builds, replays live, learns, predicts and verifies. */
export async function demo(options: DemoOptions): Promise<DemoReport> {
  const { trades, seed, out, onEvent, onProgress, signal } = options;
  const run: RunOptions = { onProgress, signal };
  const at = (name: string): string => join(out, name);
  mkdirSync(out, { recursive: true });
  const file = at('trades.parquet');
  const config = await loadConfig('starter');
  const { timed, timings } = createStopwatch(onEvent);
  await timed('simulate', `${trades.toLocaleString('en')} trades of seed ${seed}`, () =>
    simulate({ trades, seed, out: file, ...run }),
  );
  const chain = { config, trades: [file], ...run };
  const built = await timed('build', 'blocks of many thousand trades', () => build({ ...chain, out: at('build') }));
  const replayed = await timed('replay', 'one trade at a time', () => replay({ ...chain, out: at('replay') }));
  const same = built.digest === replayed.digest;
  onEvent?.({ kind: 'rows', same, build: built.digest, replay: replayed.digest });
  const { learned, evaluation, measured } = await learn({ ...chain, rows: at('build'), out: at('learn'), timed, run });
  const sameModel = learned.live === learned.dataSet;
  onEvent?.({ kind: 'predictions', same: sameModel, learned });
  const onResult = (outcome: CheckResult): void => onEvent?.({ kind: 'check', outcome });
  const verdict = await timed('verify', `the first ${VERIFIED.toLocaleString('en')} trades, every check`, () =>
    verify({ ...chain, limit: VERIFIED, onResult }),
  );
  return {
    same,
    holds: same && sameModel && verdict.holds,
    build: built,
    replayDigest: replayed.digest,
    learned,
    timings,
    verdict,
    evaluation,
    measured,
    charts: await charts(at('build')),
  };
}

function createStopwatch(onEvent: DemoOptions['onEvent']): { timed: Timed; timings: readonly DemoTiming[] } {
  const timings: DemoTiming[] = [];
  const timed: Timed = async (step, what, work) => {
    const started = performance.now();
    const value = await work();
    const timing: DemoTiming = [step, secondsSince(started).toFixed(2), what];
    timings.push(timing);
    onEvent?.({ kind: 'step', timing });
    return value;
  };
  return { timed, timings };
}

async function charts(directory: string): Promise<DemoCharts> {
  const bars = await readClockBars(directory, 'short', ['available_at', 'open', 'high', 'low', 'close']);
  const drawn = Object.fromEntries(DRAWN.map((name) => [name, 'drawn']));
  const { time, columns } = await readRowColumns(rowsIn(directory), drawn);
  const newest = <T>(values: readonly T[]): T[] => values.slice(-CANDLES);
  const { available_at, open, high, low, close } = bars;
  const candles = Array.from(available_at, (moment, i) => {
    return { time: moment, open: open[i], high: high[i], low: low[i], close: close[i] };
  });
  const times = newest(Array.from(time));
  return {
    title: `Short dollar bars${candles.length > CANDLES ? `, the last ${CANDLES}` : ''}`,
    candles: newest(candles),
    lines: DRAWN.map((title) => ({ title, time: times, value: newest(Array.from(columns[title])) })),
  };
}
