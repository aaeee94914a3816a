/**
 * Which rows a model learns from and which it is judged by, so that nothing of the one is in the other.
 *
 * A row's reach is from the first row of its sequence to the time its label became known. A row whose reach crosses into the
 * segment before or after its own belongs to neither and is purged, on both sides of every boundary: the reaches of
 * training rows and of validation or test rows do not overlap. After a test, training waits for the embargo as well.
 * Source: López de Prado, Advances in Financial Machine Learning (2018), chapter 7, which has no sequences and keeps test
 * rows whose label crosses the end of the test.
 */
import { fail } from '../base/errors.ts';
import type { SplitConfig } from './section.ts';
import { planFolds, PURGED, SPLITS, UNUSED, type Segment } from './splits-segments.ts';

export { SPLITS } from './splits-segments.ts';

/** What is known of the rows to be split, in order of time. */
export interface SplitRows {
  /** Microseconds; never falls. */
  readonly time: Float64Array;
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
}

/**
 * Divides rows into the folds of `config`.
 * @param sequence rows that a prediction looks at: that of row i begins at row i - sequence + 1
 * @throws where a split of a fold is left without rows
 */
export function splitRows(config: SplitConfig, rows: SplitRows, sequence: number): Fold[] {
  const usable = labelledRows(rows);
  if (usable.length === 0) fail('input', 'split', 'rows with a label', `none among ${rows.time.length} rows`);
  return planFolds(config, usable.length).map((segments, k) => {
    const fold = divide(segments, rows, usable, sequence);
    requireRows(segments, fold.counts, `split, fold ${k}`, usable.length);
    return fold;
  });
}

/** Indices of the rows that can be used. */
function labelledRows({ time, labelTime, ready, complete }: SplitRows): Int32Array {
  const usable = new Int32Array(time.length);
  let count = 0;
  for (let i = 0; i < time.length; i++) {
    if (i > 0 && !(time[i] >= time[i - 1]))
      fail('input', `row ${i + 1}`, `a time from ${time[i - 1]} on`, `${time[i]}`);
    if (labelTime[i] !== labelTime[i] || ready?.[i] === 0 || complete?.[i] === 0) continue;
    if (labelTime[i] < time[i]) fail('input', `row ${i + 1}`, `a label_time from ${time[i]} on`, `${labelTime[i]}`);
    usable[count++] = i;
  }
  return usable.subarray(0, count);
}

function divide(segments: readonly Segment[], rows: SplitRows, usable: Int32Array, sequence: number): Fold {
  const { time, labelTime } = rows;
  const split = new Uint8Array(time.length).fill(UNUSED);
  const purged = { label: 0, sequence: 0, embargo: 0 };
  const counts = { train: 0, validation: 0, test: 0, purged, none: time.length };
  segments.forEach((segment, s) => {
    // Nothing before the first segment and nothing after the last is used by the fold: reaching there leaks nothing.
    const begin = s === 0 ? -Infinity : usable[segment.from];
    const end = s === segments.length - 1 ? Infinity : time[usable[segments[s + 1].from]];
    for (let k = segment.from; k < segment.to; k++) {
      const row = usable[k];
      counts.none--;
      split[row] = PURGED;
      if (labelTime[row] >= end) purged.label++;
      else if (row - sequence + 1 < begin) purged.sequence++;
      else if (k < segment.from + segment.embargo) purged.embargo++;
      else {
        split[row] = segment.split;
        counts[SPLITS[segment.split] as 'train']++;
      }
    }
  });
  return { split, counts };
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
