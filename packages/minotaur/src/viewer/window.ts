/** A stretch of bars, with what there is of each: prices, features, readiness, labels, predictions. */
import {
  BUCKET_COLUMNS,
  LABEL_COUNTS,
  lineColumn,
  MARK_COLUMNS,
  SPLIT_COLUMN,
  type ChartWindow,
  type WindowRequest,
} from '#view';
import { firstAtOrAfter, type ViewedClock } from './clock.ts';
import type { ViewedLabels } from './learned.ts';
import { lineIn, type Line } from './lines.ts';
import { foldRange, type Foldable } from './ranges.ts';
import type { ViewedRun } from './viewed-run.ts';

/** Buckets of a window at most. */
export const BUCKETS = 4096;

/** What of a run windows are made of. */
export type WindowedRun = Pick<
  ViewedRun,
  'clock' | 'ready' | 'complete' | 'folds' | 'labels' | 'predictions' | 'feature'
>;

type Columns = Record<string, Float64Array>;

/** What is asked for; of a request beyond the last bar, what there is. */
export async function windowOf(run: WindowedRun, request: WindowRequest): Promise<ChartWindow> {
  const { fold, ...asked } = request;
  const clock = await run.clock(asked.clock);
  const { size, features } = asked;
  const to = Math.min(asked.to, clock.bars);
  const from = Math.min(asked.from, to);
  const buckets = Math.ceil((to - from) / size);
  const bars = Int32Array.from({ length: buckets + 1 }, (_, k) => Math.min(to, from + k * size));
  const rows = bars.map((bar) => clock.rowsBy[bar]);
  const columns: Columns = { ...pricesIn(clock, bars), ...flagsIn(run, rows) };
  const { folds, labels, predictions } = run;
  if (fold < folds.length) columns[SPLIT_COLUMN] = lastIn(folds[fold], rows);
  if (predictions !== undefined) addLine(columns, 'prediction', predictions.line, rows);
  if (labels !== undefined) {
    LABEL_COUNTS.forEach((name, k) => (columns[name] = perBucket(rows, labels.reached[k])));
    if (size === 1) Object.assign(columns, marksIn(labels, clock, { from, to }));
  }
  for (const index of features) addLine(columns, index, await run.feature(index), rows);
  return { clock: clock.name, from, to, size, features, columns };
}

function addLine(columns: Columns, of: number | 'prediction', line: Line, rows: Int32Array): void {
  const { min, max, last } = lineIn(line, rows);
  Object.assign(columns, {
    [lineColumn(of, 'min')]: min,
    [lineColumn(of, 'max')]: max,
    [lineColumn(of, 'last')]: last,
  });
}

function pricesIn(clock: ViewedClock, bars: Int32Array): Columns {
  const first = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: bars.length - 1 }, (_, k) => values[bars[k]]);
  const last = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: bars.length - 1 }, (_, k) => values[bars[k + 1] - 1]);
  return {
    open_time: first(clock.openTime),
    time: last(clock.time),
    open: first(clock.open),
    high: perBucket(bars, clock.high),
    low: perBucket(bars, clock.low),
    close: last(clock.close),
    volume: perBucket(bars, clock.volume),
  } satisfies Omit<Record<(typeof BUCKET_COLUMNS)[number], Float64Array>, 'ready' | 'complete'>;
}

function flagsIn({ ready, complete }: WindowedRun, rows: Int32Array): Columns {
  return { ready: sharesIn(ready, rows), complete: sharesIn(complete, rows) };
}

/** Of the rows of each bucket; of one without rows, as the newest was. */
function sharesIn(flags: Foldable | undefined, rows: Int32Array): Float64Array {
  const shares = new Float64Array(rows.length - 1).fill(1);
  if (flags === undefined) return shares;
  for (let k = 0; k < shares.length; k++) {
    const to = rows[k + 1];
    const from = Math.max(0, Math.min(rows[k], to - 1));
    shares[k] = to === 0 ? 0 : foldRange(flags, from, to) / (to - from);
  }
  return shares;
}

function perBucket(ends: Int32Array, column: Foldable): Float64Array {
  return Float64Array.from({ length: ends.length - 1 }, (_, k) => foldRange(column, ends[k], ends[k + 1]));
}

/** The newest code of each bucket; NaN where there is none. */
function lastIn(codes: Int8Array, rows: Int32Array): Float64Array {
  return Float64Array.from({ length: rows.length - 1 }, (_, k) => (rows[k + 1] > 0 ? codes[rows[k + 1] - 1] : NaN));
}

/** From where each labelled row of bars [from, to) was entered to where its label was known. */
function marksIn(
  { barrier, labelTime, entry, price }: ViewedLabels,
  { rowsBy, time }: ViewedClock,
  { from, to }: { readonly from: number; readonly to: number },
): Columns {
  const marks: number[][] = MARK_COLUMNS.map(() => []);
  for (let bar = from; bar < to; bar++) {
    for (let row = rowsBy[bar]; row < rowsBy[bar + 1]; row++) {
      if (barrier[row] < 1) continue;
      const until = firstAtOrAfter(time, labelTime[row]);
      [bar, until, entry[row], price[row], barrier[row] - 1].forEach((value, k) => marks[k].push(value));
    }
  }
  return Object.fromEntries(MARK_COLUMNS.map((name, k) => [name, Float64Array.from(marks[k])]));
}
