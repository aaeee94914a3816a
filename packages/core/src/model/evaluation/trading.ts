/**
 * What trades on a model's word would have gained, by the returns of labels: one unit at every entry, nothing compounded. No fills,
 * no queue, no impact, no funding: what is not in a label is not in here.
 */
import type { Interval } from './intervals.ts';

/** Rows with a label, in order of time over all instruments. */
export interface TradedRows {
  /** Microseconds. */
  readonly time: Float64Array;
  /** When the position of the row was entered, microseconds. */
  readonly entryTime: Float64Array;
  /** At which price. */
  readonly entryPrice: Float64Array;
  /** When the label became known, microseconds: the position was left. */
  readonly labelTime: Float64Array;
  /** Of the position until its label became known, as a fraction of the entry price, before costs. */
  readonly gain: Float64Array;
  /** Index of the instrument of each row. */
  readonly instrument: Uint16Array;
  /** Index of the row of its instrument that comes next; -1 where that one is not among these rows. */
  readonly next: Int32Array;
}

/** Of the trades of a split. */
export interface TradingFigures {
  /** Rows that the model would have entered at. */
  readonly signals: number;
  /** Those that were taken: one position at a time and instrument. */
  readonly trades: number;
  /** Mean gain of a trade before costs; NaN without one. */
  readonly gross: number;
  /** The same, 95 % of the resampled sets of rows; NaN where fewer than 30 were taken. */
  readonly grossInterval: Interval;
  /** After costs. */
  readonly net: number;
  /** Share of trades that gained after costs. */
  readonly hitRate: number;
  /** Trades a day of 24 hours, from the first row to the last label. */
  readonly perDay: number;
  /** Share of that time in which a position was open, mean over instruments. */
  readonly inMarket: number;
  /** Sum of the gains after costs. */
  readonly total: number;
  /** The furthest that this sum ever was below what it had been before, not negative. */
  readonly drawdown: number;
  /** What one position bought at the first entry price and sold at the last gained after the costs of one, sum over instruments. */
  readonly hold: number;
}

/** A place of the equity curve. */
export interface EquityPoint {
  /** Microseconds. */
  readonly time: number;
  /** Sum of gains after costs so far. */
  readonly value: number;
}

const DAY = 86_400_000_000;

/** The rows at which a position is opened: those called positive, while none of their instrument is open. */
export function takeTrades(
  { time, labelTime, instrument }: Pick<TradedRows, 'time' | 'labelTime' | 'instrument'>,
  called: Uint8Array,
): Int32Array {
  const free: number[] = [];
  const taken: number[] = [];
  for (let i = 0; i < time.length; i++) {
    if (called[i] === 0 || time[i] < (free[instrument[i]] ?? -Infinity)) continue;
    free[instrument[i]] = labelTime[i];
    taken.push(i);
  }
  return Int32Array.from(taken);
}

/**
 * The rows at whose entry a position is opened by who acts a row late: he hears of a row when the next one is there, enters as that
 * one would, and holds by its barriers. A call whose next row has no label is missed.
 */
export function calledLate({ next }: TradedRows, called: Uint8Array): Uint8Array {
  const late = new Uint8Array(called.length);
  next.forEach((row, i) => {
    if (row >= 0) late[row] = called[i];
  });
  return late;
}

/** The sum of gains after costs, from 0 at the first row on, by when they were known. */
export function equityOf({ time, labelTime, gain }: TradedRows, taken: Int32Array, costs: number): EquityPoint[] {
  let value = 0;
  const exits = taken.toSorted((a, b) => labelTime[a] - labelTime[b] || a - b);
  const points = [{ time: time[0], value }];
  for (const row of exits) points.push({ time: labelTime[row], value: (value += gain[row] - costs) });
  return points;
}

/** The figures of `taken` trades; `signals` is how many rows were called. */
export function tradingFigures(
  rows: TradedRows,
  {
    taken,
    signals,
    costs,
    grossInterval,
  }: {
    readonly taken: Int32Array;
    readonly signals: number;
    /** Of a round trip, as a fraction of the entry price. */
    readonly costs: number;
    readonly grossInterval: Interval;
  },
): TradingFigures {
  const { time, entryTime, labelTime, gain, instrument } = rows;
  const trades = taken.length;
  const curve = equityOf(rows, taken, costs);
  const total = curve[curve.length - 1].value;
  const span = labelTime.reduce((a, b) => Math.max(a, b), time[0]) - time[0];
  const open = taken.reduce((sum, row) => sum + labelTime[row] - entryTime[row], 0);
  const gross = trades > 0 ? taken.reduce((sum, row) => sum + gain[row], 0) / trades : NaN;
  return {
    signals,
    trades,
    gross,
    grossInterval,
    net: gross - costs,
    hitRate: trades > 0 ? taken.filter((row) => gain[row] > costs).length / trades : NaN,
    perDay: span > 0 ? trades / (span / DAY) : NaN,
    inMarket: span > 0 ? open / span / new Set(instrument).size : NaN,
    total,
    drawdown: drawdownOf(curve),
    hold: holdOf(rows, costs),
  };
}

function drawdownOf(curve: readonly EquityPoint[]): number {
  let top = 0;
  let worst = 0;
  for (const { value } of curve) {
    top = Math.max(top, value);
    worst = Math.max(worst, top - value);
  }
  return worst;
}

function holdOf({ entryPrice, instrument }: TradedRows, costs: number): number {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  instrument.forEach((k, i) => {
    if (!first.has(k)) first.set(k, entryPrice[i]);
    last.set(k, entryPrice[i]);
  });
  return [...first].reduce((sum, [k, price]) => sum + (last.get(k) ?? NaN) / price - 1 - costs, 0);
}
