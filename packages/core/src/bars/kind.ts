/**
 * The contract of a bar kind: where a bar ends. What a bar is made of is the same for all kinds (part.ts), so a kind is a small
 * file, and adding the file adds the kind to the configuration, the docs and every law test.
 */
import type { Tape } from '../trades/tape.ts';

interface KindCommon {
  /** As in `bars: dollar`. */
  readonly name: string;
  /** When a bar closes, in a sentence. */
  readonly summary: string;
  /** Where it is defined. */
  readonly source: string;
}

/** Closes with the trade that reaches a threshold; that trade is part of the bar. */
export interface ThresholdKind extends KindCommon {
  /** Tells the sorts of kinds apart. */
  readonly closes: 'with';
  /** What the threshold counts. */
  readonly unit: string;
  /** Slots of state, zero at the start. */
  readonly slots: number;
  /**
   * The index of the trade in [from, to) that closes the open bar, or `to` if none does. Adds every trade up to it,
   * itself included, to `state`.
   */
  readonly reach: (state: Float64Array, tape: Tape, from: number, to: number, threshold: number) => number;
  /** Starts the next bar: at zero, or with what the last trade brought beyond the threshold. */
  readonly restart: (state: Float64Array, threshold: number, carry: boolean) => void;
}

/** Closes with the trade that brings more one-sided flow than the bars before let expect; see expectation.ts. */
export interface ExpectationKind extends KindCommon {
  /** Tells the sorts of kinds apart. */
  readonly closes: 'beyond expectation';
  /** What a trade weighs: 1, base units, or quote units. */
  readonly flow: 'ticks' | 'volume' | 'dollars';
  /** What is held against the expectation: the difference of the sides, or the larger of them. */
  readonly measure: 'imbalance' | 'run';
}

/** Closes before the first trade at or after the end of an interval counted from the epoch. @public */
export interface IntervalKind extends KindCommon {
  /** Tells the sorts of kinds apart. */
  readonly closes: 'before';
}

/** A bar kind: where a bar ends. */
export type BarKind = ThresholdKind | ExpectationKind | IntervalKind;

/** Declares a bar kind; it is the value itself, checked against the contract by the compiler. */
export function barKind<const T extends BarKind>(kind: T): T {
  return kind;
}

/** Where the bars of a kind end once its settings are known: what a clock over trades asks. */
export interface EndRule {
  /** Slots of state, zero at the start and after a day that ends the bars. */
  readonly slots: number;
  /** Whether nothing of one bar counts towards the next: a run that starts between two bars then cuts the same ones. */
  readonly startsAnew: boolean;
  /** As {@link ThresholdKind.reach}. */
  reach(state: Float64Array, tape: Tape, from: number, to: number): number;
  /** A bar has closed with the trade that `reach` found. */
  restart(state: Float64Array): void;
}

/** The rule of a kind with a fixed threshold. `carry`: what exceeds it counts towards the next bar. */
export function thresholdRule(kind: ThresholdKind, threshold: number, carry: boolean): EndRule {
  return {
    slots: kind.slots,
    startsAnew: !carry,
    reach: (state, tape, from, to) => kind.reach(state, tape, from, to, threshold),
    restart: (state) => kind.restart(state, threshold, carry),
  };
}

/**
 * Adds `values[from, to)` one by one to the exact sum in `state[0..1]` until it reaches `threshold`; the index that
 * reached it, or `to`. Exact, so that ten trades of 0.1 reach 1.
 */
export function reachSum(
  state: Float64Array,
  values: Float64Array,
  from: number,
  to: number,
  threshold: number,
): number {
  let high = state[0];
  let low = state[1];
  let i = from;
  for (; i < to; i++) {
    const x = values[i];
    const sum = high + x;
    const shadow = sum - high;
    low += high - (sum - shadow) + (x - shadow);
    high = sum;
    if (high + low >= threshold) break;
  }
  state[0] = high;
  state[1] = low;
  return i;
}

/** Restart of kinds that sum in `state[0..1]`. */
export function restartSum(state: Float64Array, threshold: number, carry: boolean): void {
  const excess = carry ? state[0] - threshold + state[1] : 0;
  state[0] = excess;
  state[1] = 0;
}
