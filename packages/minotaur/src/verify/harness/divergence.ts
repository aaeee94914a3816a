/** The first place where two runs part ways: which, both values with their bits, and what stands beside it. */
import { bitsOf } from 'minotaur-core/internal/base/canonical';

/** Where two runs part ways. */
export interface Divergence {
  /**
   * `bars`: a column of the bar itself; `features`: a node of the graph; `rows`: the alignment; `inputs`: what a model is
   * given; `predictions`: what comes out; `count`: one run emitted more.
   */
  readonly stage: 'bars' | 'features' | 'rows' | 'inputs' | 'predictions' | 'count';
  /** Ordinal of the trade (or given bar) that closed the bar or completed the row; NaN where there is none. */
  readonly trade: number;
  /** Event time of the bar or row, microseconds. */
  readonly time: number;
  /** Ordinal of the bar or row. */
  readonly row: number;
  /** Name of the column, or its expression. */
  readonly feature: string;
  /** Clock of the bar; empty for a row. */
  readonly clock: string;
  /** Value on the side that the other is held against. */
  readonly expected: number;
  /** Value on the other side. */
  readonly found: number;
  /** Bits of `expected`, as `0x` and sixteen digits. */
  readonly expectedBits: string;
  /** Bits of `found`. */
  readonly foundBits: string;
  /** What was promised, where the values alone do not say. */
  readonly note?: string;
  /** The same feature a few bars or rows before and after, as far as the stretch at hand has them; empty where one side has more rows. */
  readonly around: readonly Neighbour[];
}

/** A value beside a divergence; null where that side emitted no such row. */
export interface Neighbour {
  /** Ordinal of the bar or row. */
  readonly row: number;
  /** Its event time, microseconds. */
  readonly time: number;
  /** Value on the side that the other is held against. */
  readonly expected: number | null;
  /** Value on the other side. */
  readonly found: number | null;
  /** Bits of `expected`; empty where that is null. */
  readonly expectedBits: string;
  /** Bits of `found`; empty where that is null. */
  readonly foundBits: string;
}

/** What has to be known of a divergence, and what may be left out. */
export type Parting = Pick<Divergence, 'stage' | 'time' | 'row' | 'feature' | 'expected' | 'found'> &
  Partial<Pick<Divergence, 'trade' | 'clock' | 'note' | 'around'>>;

/** A divergence of what is known of it: the one place where they are made. */
export function divergenceOf(parting: Parting): Divergence {
  const { stage, time, row, feature, expected, found, trade = NaN, clock = '', note, around = [] } = parting;
  const bits = { expectedBits: bitsOf(expected), foundBits: bitsOf(found) };
  const values = { feature, clock, expected, found, ...bits };
  return { stage, trade, time, row, ...values, ...(note === undefined ? {} : { note }), around };
}
