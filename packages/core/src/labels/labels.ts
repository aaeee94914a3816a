/**
 * Labels: what became of a position opened at each row. This room is the only one that may look forward; nothing here is
 * ever part of a chain.
 */
import { fail } from '../base/errors.ts';
import { entryDelayOf, type LabelConfig } from './section.ts';
import { entriesOf, isUp, type LabelRows } from './labels-barriers.ts';
import {
  createFirstTouch,
  NONE,
  STOP,
  TARGET,
  TIME,
  type BarPrices,
  type Entries,
  type Touches,
  type TradePrices,
} from './labels-first-touch.ts';

export { BARRIERS } from './labels-first-touch.ts';
export type { LabelRows } from './labels-barriers.ts';

/** Columns, one value per row; NaN where the row has no label. */
export interface Labels {
  /** When the position was entered, microseconds: the row's time, or with a delay that of the trade. NaN: no entry. */
  readonly entryTime: Float64Array;
  /** At which price. NaN: no entry. */
  readonly entryPrice: Float64Array;
  /** With barriers: 1 the target came first, 0 the stop; at the time limit 1 for a gain, else 0. Horizon: sign of `return`. */
  readonly label: Float64Array;
  /** When the label became known, microseconds. */
  readonly labelTime: Float64Array;
  /** Index into {@link BARRIERS} of what was reached. */
  readonly barrier: Uint8Array;
  /** The price that decided. */
  readonly price: Float64Array;
  /** What the position gained until then, as a fraction of the entry price; a short one gains where the price falls. */
  readonly return: Float64Array;
  /** 1 where one bar spans both barriers, so that the stop was assumed; never on trades. */
  readonly ambiguous: Float64Array;
  /** Of all rows. */
  readonly counts: LabelCounts;
}

/** How many rows got which label, or none and why. */
export interface LabelCounts {
  /** All rows. */
  readonly rows: number;
  /** Rows that have a label, and what they reached. */
  readonly labelled: number;
  /** The target was reached first. */
  readonly target: number;
  /** The stop was reached first. */
  readonly stop: number;
  /** The time limit or horizon came first. */
  readonly time: number;
  /** Of the labelled: those whose stop was assumed. */
  readonly ambiguous: number;
  /** Rows without a label: the data ended first; not ready; ready but not complete; no close or no range. */
  readonly unresolved: number;
  /** The row was not ready. */
  readonly unready: number;
  /** The row was ready, and trades are known to be missing in it. */
  readonly incomplete: number;
  /** The row has no close, or no range for barriers; or its entry came no sooner than its limit. */
  readonly withoutEntry: number;
}

/** Takes what happened after the rows, and says what became of each. */
export interface Labeller {
  /** Trades in order of time, in blocks of any length. */
  addTrades(trades: TradePrices): void;
  /** Bars in order, instead of trades. */
  addBars(bars: BarPrices): void;
  /** The labels as they stand at the end of the data. */
  finish(): Labels;
}

/** Rows after which a row's label is known, where rows are all that it needs: a horizon in rows, entered at the close. */
export function horizonRows(config: LabelConfig): number | undefined {
  if (config.method !== 'horizon' || typeof config.after !== 'number') return undefined;
  return entryDelayOf(config) === 0 ? config.after : undefined;
}

/** Labels `rows` from the trades or bars that follow them. Memory: a few columns of the rows, whatever the trades. */
export function createLabeller(config: LabelConfig, rows: LabelRows): Labeller {
  if (config.method === 'atr' && rows.atr === undefined) fail('internal', 'label', 'a column of the range', 'none');
  const entries = entriesOf(config, rows);
  const touch = createFirstTouch(entries);
  const later = horizonRows(config);
  const finish = (): Labels => {
    const touches = later === undefined ? touch.touches : rowsLater(later, entries, rows.close);
    return labelsOf(config, rows, entries, touches);
  };
  return { addTrades: (trades) => touch.addTrades(trades), addBars: (bars) => touch.addBars(bars), finish };
}

/** A horizon in rows: the close so many rows on, known at that row. */
function rowsLater(later: number, { time, price: entry }: Entries, close: Float64Array): Touches {
  const rows = time.length;
  const known = (i: number): boolean => i + later < rows && entry[i] > 0 && close[i + later] > 0;
  return {
    barrier: Uint8Array.from(time, (_, i) => (known(i) ? TIME : NONE)),
    time: time.map((_, i) => (known(i) ? time[i + later] : NaN)),
    price: time.map((_, i) => (known(i) ? close[i + later] : NaN)),
    ambiguous: new Float64Array(rows),
  };
}

function labelsOf(config: LabelConfig, rows: LabelRows, entries: Entries, touches: Touches): Labels {
  const { barrier, time, price, ambiguous } = touches;
  const length = time.length;
  const gain = new Float64Array(length).fill(NaN);
  const label = new Float64Array(length).fill(NaN);
  for (let i = 0; i < length; i++) {
    if (barrier[i] === NONE) continue;
    const ratio = price[i] / entries.price[i];
    gain[i] = config.side === 'long' ? ratio - 1 : 1 - ratio;
    if (config.method === 'horizon') label[i] = Math.sign(gain[i]);
    else if (barrier[i] === TIME) label[i] = gain[i] > 0 ? 1 : 0;
    else label[i] = barrier[i] === TARGET ? 1 : 0;
  }
  const counts = count(rows, entries, touches);
  const entryTime = entries.price.map((p, i) => (p === p ? entries.time[i] : NaN));
  const entry = { entryTime, entryPrice: entries.price };
  return { ...entry, label, labelTime: time, barrier, price, return: gain, ambiguous, counts };
}

function count({ ready, complete }: LabelRows, { may }: Entries, { barrier, ambiguous }: Touches): LabelCounts {
  const counts = { rows: may.length, labelled: 0, target: 0, stop: 0, time: 0 };
  const without = { ambiguous: 0, unresolved: 0, unready: 0, incomplete: 0, withoutEntry: 0 };
  for (let i = 0; i < may.length; i++) {
    if (barrier[i] === NONE) {
      if (!isUp(ready, i)) without.unready++;
      else if (!isUp(complete, i)) without.incomplete++;
      else if (may[i] === 1) without.unresolved++;
      else without.withoutEntry++;
      continue;
    }
    counts.labelled++;
    counts[barrier[i] === TARGET ? 'target' : barrier[i] === STOP ? 'stop' : 'time']++;
    if (ambiguous[i] === 1) without.ambiguous++;
  }
  return { ...counts, ...without };
}
