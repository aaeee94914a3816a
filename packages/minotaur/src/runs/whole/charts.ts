/** Bars and features of a run, to be drawn. */
import { join } from 'node:path';
import type { Config } from 'minotaur-core/internal/config/config';
import { readClockBars } from '../../store/bars.ts';
import type { Manifest } from '../../store/manifest.ts';
import { readRowColumns, rowsIn } from '../../store/rows.ts';
import { PLACES } from './steps.ts';

/** Candles, and features over the same time. */
export interface RunCharts {
  /** What the candles are. */
  readonly title: string;
  /** The newest bars of the driving clock. */
  readonly candles: readonly {
    readonly time: number;
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly close: number;
    /** Whether the row that it emitted is ready. */
    readonly ready: boolean;
  }[];
  /** Times in microseconds. */
  readonly lines: readonly {
    readonly title: string;
    readonly time: readonly number[];
    readonly value: readonly number[];
  }[];
}

/** Bars that are drawn at most: the newest. */
const CANDLES = 1500;
/** Features that say something when drawn, the first of each kind that there is. */
const KINDS = ['rsi', 'macd_hist', 'trade_imbalance', 'natr', 'volatility', 'roc', 'log_return', 'volume'];
const LINES = 4;

export async function readCharts(out: string, { clocks, drive }: Config, { columns }: Manifest): Promise<RunCharts> {
  const directory = join(out, PLACES.build);
  const clock = drive ?? Object.keys(clocks)[0];
  const bars = await readClockBars(directory, clock, ['available_at', 'open', 'high', 'low', 'close']);
  const titles = tellingColumns(columns);
  const rows = await readRowColumns(rowsIn(directory), Object.fromEntries(titles.map((title) => [title, 'drawn'])));
  const ready = new Set(Array.from(rows.time).filter((_, i) => rows.ready?.[i] === 1));
  const newest = <T>(values: readonly T[]): T[] => values.slice(-CANDLES);
  const { available_at, open, high, low, close } = bars;
  const from = Math.max(0, available_at.length - CANDLES);
  const candles = Array.from(available_at.subarray(from), (time, k) => {
    const i = from + k;
    return { time, open: open[i], high: high[i], low: low[i], close: close[i], ready: ready.has(time) };
  });
  const time = newest(Array.from(rows.time));
  return {
    title: `Bars of ${clock}${from > 0 ? `, the last ${CANDLES.toLocaleString('en')} of ${available_at.length.toLocaleString('en')}` : ''}`,
    candles,
    lines: titles.map((title) => ({ title, time, value: newest(Array.from(rows.columns[title])) })),
  };
}

/** Features that say something when drawn: one of each kind; where these are too few, whatever comes first. */
export function tellingColumns(columns: readonly string[]): string[] {
  const told = KINDS.flatMap((kind) => columns.find((name) => name.startsWith(kind)) ?? []);
  return [...new Set([...told, ...columns])].slice(0, LINES);
}
