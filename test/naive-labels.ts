/** Labels by the double loop that nobody could get wrong: every row looks at everything after it. */
import { parseDelay, parseSpan } from '../packages/core/src/base/time.ts';
import type { LabelRows } from '../packages/core/src/labels/labels.ts';
import type { LabelConfig } from '../packages/core/src/labels/section.ts';

export interface NaiveLabel {
  readonly entry_time: number;
  readonly entry_price: number;
  readonly label: number;
  readonly label_time: number;
  readonly barrier: 'none' | 'target' | 'stop' | 'time';
  readonly price: number;
  readonly ambiguous: number;
}

/** What happened, as one shape: a trade is a bar of one price that opens and is known at its time. */
export interface NaiveEvent {
  /** Whether it is after a row at `time`. */
  readonly isAfter: (time: number) => boolean;
  /** When it opens. */
  readonly from: number;
  readonly known: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export const tradeEvent = (time: number, price: number): NaiveEvent => ({
  isAfter: (row) => time > row,
  from: time,
  known: time,
  open: price,
  high: price,
  low: price,
  close: price,
});

const NO_LABEL = { label: NaN, label_time: NaN, barrier: 'none', price: NaN, ambiguous: 0 } as const;
const NO_ENTRY: NaiveLabel = { entry_time: NaN, entry_price: NaN, ...NO_LABEL };

function firstFrom(events: Iterable<NaiveEvent>, time: number): NaiveEvent | undefined {
  for (const event of events) if (event.from >= time) return event;
  return undefined;
}

export function naiveLabel(config: LabelConfig, rows: LabelRows, i: number, events: Iterable<NaiveEvent>): NaiveLabel {
  const delay = parseDelay(config.delay);
  const closed = rows.close[i];
  const range = config.method === 'atr' ? (rows.atr as Float64Array)[i] : 0;
  if (rows.ready?.[i] === 0 || Number.isNaN(closed) || Number.isNaN(range)) return NO_ENTRY;
  let [entered, entry] = [rows.time[i], closed];
  if (delay > 0) {
    const first = firstFrom(events, rows.time[i] + delay);
    if (first === undefined) return NO_ENTRY;
    [entered, entry] = [first.from, first.open];
  }
  const made = { entry_time: entered, entry_price: entry };
  const NOTHING = { ...made, ...NO_LABEL };
  const long = config.side === 'long';
  const gain = (price: number): number => (long ? price / entry - 1 : 1 - price / entry);
  if (delay === 0 && config.method === 'horizon' && typeof config.after === 'number') {
    const price = rows.close[i + config.after] ?? NaN;
    if (Number.isNaN(price)) return NOTHING;
    const label_time = rows.time[i + config.after];
    return { ...made, label: Math.sign(gain(price)), label_time, barrier: 'time', price, ambiguous: 0 };
  }
  let target = long ? Infinity : -Infinity;
  let stop = -target;
  if (config.method === 'fixed') {
    target = long ? entry * (1 + config.target) : entry * (1 - config.target);
    stop = long ? entry * (1 - config.stop) : entry * (1 + config.stop);
  } else if (config.method === 'atr') {
    const distance = Math.max(config.minStop * entry, config.multiple * range);
    target = long ? entry + 2 * distance : entry - 2 * distance;
    stop = long ? entry - distance : entry + distance;
  }
  const until = config.method === 'horizon' ? config.after : config.limit;
  const last = rows.time.length - 1;
  const unknown = typeof until === 'number' && i + until > last;
  let limit = Infinity;
  if (typeof until === 'string') limit = entered + parseSpan(until);
  if (typeof until === 'number') limit = rows.time[unknown ? last : i + until] + delay;
  if (delay > 0 && !unknown && limit <= entered) return NO_ENTRY;
  let before = entry;
  for (const { isAfter, known, open, high, low, close } of events) {
    if (!isAfter(entered)) continue;
    if (known > limit) {
      if (unknown) return NOTHING;
      const label = config.method === 'horizon' ? Math.sign(gain(before)) : gain(before) > 0 ? 1 : 0;
      return { ...made, label, label_time: limit, barrier: 'time', price: before, ambiguous: 0 };
    }
    const hitsTarget = long ? high >= target : low <= target;
    const hitsStop = long ? low <= stop : high >= stop;
    const level = hitsStop ? stop : target;
    const above = level > entry;
    const price = above ? Math.max(level, open) : Math.min(level, open);
    if (hitsStop)
      return { ...made, label: 0, label_time: known, barrier: 'stop', price, ambiguous: hitsTarget ? 1 : 0 };
    if (hitsTarget) return { ...made, label: 1, label_time: known, barrier: 'target', price, ambiguous: 0 };
    before = close;
  }
  return NOTHING;
}
