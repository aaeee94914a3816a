/** Bars and features of a run, to be drawn. */
import { join } from 'node:path';
import { count } from 'minotaur-core/internal/base/figures';
import type { Charts } from '#view';
import { PLACES } from '../runs/whole/steps.ts';
import { readClockBars } from '../store/bars.ts';
import { driveOf } from '../store/manifest.ts';
import { readRowColumns, rowsIn } from '../store/rows.ts';
import { tellingColumns } from './telling-columns.ts';

/** Bars that are drawn at most: the newest. */
const CANDLES = 1500;
export async function readCharts(out: string): Promise<Charts> {
  const directory = join(out, PLACES.build);
  const opened = rowsIn(directory);
  const clock = driveOf(opened.manifest);
  const bars = await readClockBars(directory, clock, ['available_at', 'open', 'high', 'low', 'close']);
  const titles = tellingColumns(opened.manifest.columns);
  const rows = await readRowColumns(opened, Object.fromEntries(titles.map((title) => [title, 'drawn'])));
  // Without flags all rows are ready.
  const ready = new Set(Array.from(rows.time).filter((_, i) => rows.ready === undefined || rows.ready[i] === 1));
  const newest = <T>(values: readonly T[]): T[] => values.slice(-CANDLES);
  const { available_at, open, high, low, close } = bars;
  const from = Math.max(0, available_at.length - CANDLES);
  const candles = Array.from(available_at.subarray(from), (time, k) => {
    const i = from + k;
    return { time, open: open[i], high: high[i], low: low[i], close: close[i], ready: ready.has(time) };
  });
  const time = newest(Array.from(rows.time));
  return {
    title: `Bars of ${clock}${from > 0 ? `, the last ${count(CANDLES)} of ${count(available_at.length)}` : ''}`,
    candles,
    lines: titles.map((title) => ({ title, time, value: newest(Array.from(rows.columns[title])) })),
  };
}
