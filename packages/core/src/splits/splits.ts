/**
 * Which rows a model learns from and which it is judged by, so that nothing of the one is in the other.
 *
 * A row's reach is from the first row of its sequence to the time its label became known. A row whose reach crosses into the
 * segment before or after its own belongs to neither and is purged, on both sides of every boundary: the reaches of
 * training rows and of validation or test rows do not overlap. After a test, training waits for the embargo as well.
 * Source: López de Prado, Advances in Financial Machine Learning (2018), chapter 7, which has no sequences and keeps test
 * rows whose label crosses the end of the test.
 *
 * Rows of several instruments are divided as those of one market, in order of time: a boundary is an instant, the same for all, and
 * a row is purged where its label became known in or after the next segment of any instrument, because markets move together. Only
 * its sequence is its own instrument's.
 */
import { fail } from '../base/errors.ts';
import type { SplitConfig } from './section.ts';
import { inOrderOfTime, type Part } from './parts.ts';
import { planFolds, PURGED, SPLITS, UNUSED, type Segment } from './splits-segments.ts';

export { SPLITS } from './splits-segments.ts';

/** What is known of the rows to be split: those of each instrument in order of time. */
export interface SplitRows {
  /** Microseconds; never falls within an instrument. */
  readonly time: Float64Array;
  /** The rows of each instrument; absent: all are of one. */
  readonly parts?: readonly Part[] | undefined;
  /** When the label became known, microseconds; NaN: no label, so no split. */
  readonly labelTime: Float64Array;
  /** 1 where the row is complete; absent: all are. */
  readonly complete?: Float64Array | undefined;
  /** 1 where the row is ready; absent: all are. */
  readonly ready?: Float64Array | undefined;
}

/** Rows in each split, and rows purged, each by the first reason that applies. */
export interface FoldCounts {
  /** Rows that a model learns from. */
  readonly train: number;
  /** Rows that it is calibrated by. */
  readonly validation: number;
  /** Rows that it is judged by. */
  readonly test: number;
  /** Rows in no split because they reach over a boundary. */
  readonly purged: {
    /** The label became known in or after the next segment. */
    readonly label: number;
    /** The sequence begins before the segment. */
    readonly sequence: number;
    readonly embargo: number;
  };
  /** Rows outside of the fold, and rows without a label. */
  readonly none: number;
}

/** One fold: every row is in one split, or purged, or in none. */
export interface Fold {
  /** Index into {@link SPLITS}, one per row. */
  readonly split: Uint8Array;
  /** Rows of each split. */
  readonly counts: FoldCounts;
  /** The same of each instrument, in the order of the parts. */
  readonly parts: readonly FoldCounts[];
}

/** Rows in the order in which they are divided. */
interface Ordered {
  readonly parts: readonly Part[];
  /** Rows that can be used, in order of time over all instruments. */
  readonly usable: Int32Array;
  /** Where in that order, counting the others too, each row stands. */
  readonly rank: Int32Array;
  /** Index of the part of each row. */
  readonly partOf: Int32Array;
}

/**
 * Divides rows into the folds of `config`.
 * @param sequence rows that a prediction looks at: that of row i begins at row i - sequence + 1
 * @throws where a split of a fold is left without rows
 */
export function splitRows(config: SplitConfig, rows: SplitRows, sequence: number): Fold[] {
  const ordered = orderRows(rows);
  const { length } = ordered.usable;
  if (length === 0) fail('input', 'split', 'rows with a label', `none among ${rows.time.length} rows`);
  return planFolds(config, length).map((segments, k) => {
    const fold = divide(segments, rows, ordered, sequence);
    requireRows(segments, fold.counts, `split, fold ${k}`, length);
    return fold;
  });
}

function orderRows(rows: SplitRows): Ordered {
  const { time, parts = [{ from: 0, to: time.length }] } = rows;
  for (const part of parts) requireSound(rows, part);
  const order = inOrderOfTime(time, parts);
  const rank = new Int32Array(time.length);
  order.forEach((row, at) => (rank[row] = at));
  const partOf = new Int32Array(time.length);
  parts.forEach(({ from, to }, p) => partOf.fill(p, from, to));
  return { parts, usable: order.filter((row) => isUsable(rows, row)), rank, partOf };
}

/** Whether a row may be in a split. */
function isUsable({ labelTime, ready, complete }: SplitRows, i: number): boolean {
  return labelTime[i] === labelTime[i] && ready?.[i] !== 0 && complete?.[i] !== 0;
}

function requireSound(rows: SplitRows, { from, to }: Part): void {
  const { time, labelTime } = rows;
  for (let i = from; i < to; i++) {
    if (i > from && !(time[i] >= time[i - 1]))
      fail('input', `row ${i + 1}`, `a time from ${time[i - 1]} on`, `${time[i]}`);
    if (isUsable(rows, i) && labelTime[i] < time[i])
      fail('input', `row ${i + 1}`, `a label_time from ${time[i]} on`, `${labelTime[i]}`);
  }
}

function divide(
  segments: readonly Segment[],
  { time, labelTime }: SplitRows,
  { parts, usable, rank, partOf }: Ordered,
  sequence: number,
): Fold {
  const split = new Uint8Array(time.length).fill(UNUSED);
  const all = parts.map(({ from, to }) => {
    return { train: 0, validation: 0, test: 0, purged: { label: 0, sequence: 0, embargo: 0 }, none: to - from };
  });
  segments.forEach((segment, s) => {
    // Nothing before the first segment and nothing after the last is used by the fold: reaching there leaks nothing.
    const begin = s === 0 ? -Infinity : rank[usable[segment.from]];
    const end = s === segments.length - 1 ? Infinity : time[usable[segments[s + 1].from]];
    for (let k = segment.from; k < segment.to; k++) {
      const row = usable[k];
      const counts = all[partOf[row]];
      // What an instrument has no rows for is no row of the one before it.
      const first = Math.max(parts[partOf[row]].from, row - sequence + 1);
      counts.none--;
      split[row] = PURGED;
      if (labelTime[row] >= end) counts.purged.label++;
      else if (rank[first] < begin) counts.purged.sequence++;
      else if (k < segment.from + segment.embargo) counts.purged.embargo++;
      else {
        split[row] = segment.split;
        counts[SPLITS[segment.split] as 'train']++;
      }
    }
  });
  return { split, counts: sumOf(all), parts: all };
}

function sumOf(parts: readonly FoldCounts[]): FoldCounts {
  const sum = (of: (counts: FoldCounts) => number): number => parts.reduce((total, counts) => total + of(counts), 0);
  return {
    train: sum(({ train }) => train),
    validation: sum(({ validation }) => validation),
    test: sum(({ test }) => test),
    purged: {
      label: sum(({ purged }) => purged.label),
      sequence: sum(({ purged }) => purged.sequence),
      embargo: sum(({ purged }) => purged.embargo),
    },
    none: sum(({ none }) => none),
  };
}

function requireRows(segments: readonly Segment[], counts: FoldCounts, where: string, labelled: number): void {
  for (const { split } of segments) {
    const name = SPLITS[split] as 'train' | 'validation' | 'test';
    if (counts[name] > 0) continue;
    const { label, sequence, embargo } = counts.purged;
    const purged = `${label} were purged by label, ${sequence} by sequence, ${embargo} by embargo`;
    fail('input', where, `at least one ${name} row`, `none: of ${labelled} labelled rows ${purged}`);
  }
}
