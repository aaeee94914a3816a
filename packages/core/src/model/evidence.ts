/** How much a score is worth: on how many labels it rests, between which values it lies, what chance reaches, what it would gain. */
import { sfc32 } from '../base/random.ts';
import { chanceOf, type Chance } from './chance.ts';
import { independenceOf, type Independence } from './independent.ts';
import { blockLength, intervalsOf, type Interval, type Intervals } from './intervals.ts';
import { rocAuc } from './metrics.ts';
import { takeTrades, tradingFigures, type TradedRows, type TradingFigures } from './trading.ts';
import { ENOUGH, verdictOf, type Verdict } from './verdict.ts';

/** Rows of a split that have a probability and a label, in order of time over all instruments. */
export interface EvidenceRows extends TradedRows {
  /** Of label 1, calibrated. */
  readonly probabilities: Float64Array;
  /** 1 or 0; both classes. */
  readonly labels: Float64Array;
}

/** What stands beside the scores of rows that a model has not learned from. */
export interface Evidence {
  /** Of every figure, 95 %; that of the mean trade is in `trading`. */
  readonly intervals: Omit<Intervals, 'gross'>;
  /** What the ROC AUC reaches by chance. */
  readonly chance: Chance;
  /** What can be said of it. */
  readonly verdict: Verdict;
  /** What trades from the threshold on would have gained. */
  readonly trading: TradingFigures;
}

/** Sets of rows that are drawn, and shifts that are tried, where the rows are few enough. */
const [REPLICATES, SHIFTS] = [1000, 500];
/** Rows that all sets have together, about: some two seconds. */
const WORK = 30_000_000;
/** Never fewer. */
const LEAST = 200;

const within = (most: number, rows: number): number => Math.min(most, Math.max(LEAST, Math.floor(WORK / rows)));

/** The rows that are traded from `threshold` on, and how many called for it. */
export function tradesOf(
  rows: EvidenceRows,
  threshold: number,
): { readonly taken: Int32Array; readonly signals: number } {
  const called = Uint8Array.from(rows.probabilities, (p) => Number(p >= threshold));
  return { taken: takeTrades(rows, called), signals: called.reduce((a, b) => a + b, 0) };
}

/** The evidence of rows; the same rows give the same, since what is drawn has a fixed seed. */
export function evidenceOf(
  rows: EvidenceRows,
  { threshold, costs }: { readonly threshold: number; readonly costs: number },
): Evidence & { readonly independent: Independence } {
  const { probabilities, labels } = rows;
  const independent = independenceOf(rows);
  const block = blockLength(labels.length, independent.labels);
  const trades = tradesOf(rows, threshold);
  const judged = { ...rows, threshold, taken: trades.taken };
  const draw = { block, replicates: within(REPLICATES, labels.length), random: sfc32(1) };
  const { gross, ...intervals } = intervalsOf(judged, draw);
  const grossInterval: Interval = trades.taken.length < ENOUGH ? [NaN, NaN] : gross;
  const chance = chanceOf(rows, { block, shifts: within(SHIFTS, labels.length), random: sfc32(2) });
  const scored = { rocAuc: rocAuc(probabilities, labels), interval: intervals.rocAuc, chance };
  return {
    independent,
    intervals,
    chance,
    verdict: verdictOf({ ...scored, independent: independent.labels }),
    trading: tradingFigures(rows, { ...trades, costs, grossInterval }),
  };
}
