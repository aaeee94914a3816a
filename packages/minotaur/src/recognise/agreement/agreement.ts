/** How two columns agree over all rows: to the bit, to rounding, once the start is over, but for how B was kept. */
import { storageOf } from '../../compare/diagnosis/storage.ts';
import { isNear, isSame, pairOf, type Pair } from '../../compare/measures/pair.ts';

/** The better comes first. */
const LEVELS = ['bits', 'rounding', 'kept', 'near', 'most'] as const;

/**
 * `bits`: the same; `rounding`: within a thousand-millionth; `kept`: but for how it was kept, as float32 or rounded; `near`: within a
 * millionth; `most`: so in 97 rows of 100.
 */
type Level = (typeof LEVELS)[number];

/** How far a column is what an expression gives. */
export interface Agreement {
  /** How well, behind the start. */
  readonly level: Level;
  /** First rows that differ, of which one side may have no value. */
  readonly start: number;
  /** Rows behind them. */
  readonly rows: number;
  /** Of these, rows that are not the same at the level. */
  readonly apart: number;
  /** How it was kept, in words; null where that makes no difference. */
  readonly kept: string | null;
}

const ROUNDING = 1e-9;
const NEARLY_ALL = 0.97;
/** Of the rows where a side changes. */
export const CHANGES = 0.9;
/** Of all rows: what has to be left behind a start, and how many that are at least. */
const LEAST_SHARE = 0.3;
const LEAST_ROWS = 40;
/** What was rounded may be off by more where values are larger. */
const SLACK = 4;
/** Rows with a value that is not the commonest: a flag with fewer proves nothing. */
const LEAST_EVENTS = 5;

type Test = (x: number, y: number, scale: number) => boolean;

/** To the bit, to rounding, to a millionth. */
const TESTS: readonly Test[] = [
  isSame,
  (x, y, scale) => isSame(x, y) || Math.abs(x - y) <= ROUNDING * (Math.max(Math.abs(x), Math.abs(y)) + scale),
  isNear,
];

/** How `b` agrees with `a`; undefined where it does not. */
export function agreementOf(a: Float64Array, b: Float64Array): Agreement | undefined {
  const pair = pairOf(a, b);
  const [bits, rounding, near] = TESTS.map((test) => settleOf(pair, test));
  if (isEnough(b, rounding)) return settledAt(pair, bits === rounding ? 'bits' : 'rounding', rounding, null);
  return keptOf(pair) ?? (isEnough(b, near) ? settledAt(pair, 'near', near, null) : mostOf(pair));
}

const settledAt = ({ b }: Pair, level: Level, start: number, kept: string | null, apart = 0): Agreement => ({
  level,
  start,
  rows: b.length - start,
  apart,
  kept,
});

/** The first row from which on all are the same. */
function settleOf({ a, b, scale }: Pair, test: Test): number {
  for (let i = b.length - 1; i >= 0; i--) if (!test(a[i], b[i], scale)) return i + 1;
  return 0;
}

function isEnough(values: Float64Array, start: number): boolean {
  const rows = values.length - start;
  return rows >= Math.max(LEAST_ROWS, LEAST_SHARE * values.length) && tellsEnough(values.subarray(start));
}

/** Whether values could not be the same by chance: enough of them are not the commonest. */
function tellsEnough(values: Float64Array): boolean {
  const counts = new Map<number, number>();
  let [many, most] = [0, 0];
  for (const value of values) {
    if (value !== value) continue;
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (counts.size > LEAST_EVENTS) return true;
    if (count > most) most = count;
    many++;
  }
  return many - most >= LEAST_EVENTS;
}

/** The same but for how it was kept. */
function keptOf({ a, b, scale }: Pair): Agreement | undefined {
  const first = Math.floor(b.length * 0.5);
  const kept = storageOf(pairOf(a.subarray(first), b.subarray(first)));
  if (kept === undefined || !tellsEnough(b.subarray(first))) return undefined;
  // By how much it is off at the end: the start is over where it is off by no more.
  let off = 0;
  for (let i = first; i < b.length; i++) if (Math.abs(a[i] - b[i]) > off) off = Math.abs(a[i] - b[i]);
  if (off > 0.05 * scale) return undefined;
  const start = settleOf({ a, b, scale }, (x, y) => isSame(x, y) || Math.abs(x - y) <= SLACK * off);
  return start > first ? undefined : settledAt({ a, b, scale }, 'kept', start, kept.text);
}

/** The same in nearly all rows behind the start, and where either changes: a flag that comes late is right in nearly all. */
function mostOf(pair: Pair): Agreement | undefined {
  const { a, b, scale } = pair;
  let start = 0;
  while (start < b.length && !isSame(a[start], b[start]) && !isNear(a[start], b[start], scale)) start++;
  let apart = 0;
  const changes = { a: 0, b: 0 };
  const right = { a: 0, b: 0 };
  for (let i = start; i < b.length; i++) {
    const same = isNear(a[i], b[i], scale);
    if (!same) apart++;
    for (const side of ['a', 'b'] as const) {
      const values = pair[side];
      if (i === start || values[i] === values[i - 1] || values[i] !== values[i]) continue;
      changes[side]++;
      if (same) right[side]++;
    }
  }
  const isRight = right.a >= CHANGES * changes.a && right.b >= CHANGES * changes.b;
  if (!isEnough(b, start) || apart > (1 - NEARLY_ALL) * (b.length - start) || !isRight) return undefined;
  return settledAt(pair, 'most', start, null, apart);
}

/** A formula that is written otherwise rounds otherwise: to the bit and to rounding are one. */
const rankOf = ({ level }: Agreement): number => Math.max(1, LEVELS.indexOf(level));

/** The better of two: by level, then by the start; 0 where they cannot be told apart. */
export function compareAgreements(x: Agreement, y: Agreement): number {
  return rankOf(x) - rankOf(y) || x.start - y.start || x.apart - y.apart;
}
