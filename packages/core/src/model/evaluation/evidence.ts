/** How much a score is worth: on how many labels it rests, between which values it lies, what chance reaches, what it would gain. */
import { sfc32 } from '../../base/random.ts';
import { chanceOf, type Chance } from './chance.ts';
import { independenceOf, type Independence } from './independent.ts';
import { blockLength, intervalsOf, type Interval, type Intervals } from './intervals.ts';
import { rocAuc } from './metrics.ts';
import { calibrationOf, type CalibrationFigures } from './reliability.ts';
import { calledLate, takeTrades, tradingFigures, type TradedRows, type TradingFigures } from './trading.ts';
import { ENOUGH, verdictOf, type Verdict } from './verdict.ts';

/** Rows of a split that have a probability and a label, in order of time over all instruments. */
export interface EvidenceRows extends TradedRows {
  /** Of label 1, calibrated. */
  readonly probabilities: Float64Array;
  /** The same before calibration. */
  readonly raw: Float64Array;
  /** 1 or 0; both classes. */
  readonly labels: Float64Array;
}

/** What stands beside the scores of rows that a model has not learned from. */
export interface Evidence {
  /** Of every figure, 95 %; those of the mean trade are in `trading` and `late`. */
  readonly intervals: Omit<Intervals, 'gross' | 'grossLate'>;
  /** What the ROC AUC reaches by chance. */
  readonly chance: Chance;
  /** What can be said of it. */
  readonly verdict: Verdict;
  /** How far the probabilities are to be taken at their word. */
  readonly calibration: { readonly before: CalibrationFigures; readonly after: CalibrationFigures };
  /** What trades from the threshold on would have gained. */
  readonly trading: TradingFigures;
  /** The same by who acts a row late: entered as the next row would, held by its barriers. */
  readonly late: TradingFigures;
}

/** Sets of rows that are drawn, and shifts that are tried, where the rows are few enough. */
const [REPLICATES, SHIFTS] = [1000, 500];
/** Rows that all sets have together, about: some two seconds. */
const WORK = 30_000_000;
/** Never fewer. */
const LEAST = 200;

const within = (most: number, rows: number): number => Math.min(most, Math.max(LEAST, Math.floor(WORK / rows)));

/** Rows that are traded. */
export interface Trades {
  /** At once. */
  readonly taken: Int32Array;
  /** A row late. */
  readonly late: Int32Array;
  /** Rows that called for it. */
  readonly signals: number;
}

/** The rows that are traded from `threshold` on, and how many called for it. */
export function tradesOf(rows: EvidenceRows, threshold: number): Trades {
  const called = Uint8Array.from(rows.probabilities, (p) => Number(p >= threshold));
  const signals = called.reduce((a, b) => a + b, 0);
  return { taken: takeTrades(rows, called), late: takeTrades(rows, calledLate(rows, called)), signals };
}

/** The evidence of rows; the same rows give the same, since what is drawn has a fixed seed. */
export function evidenceOf(
  rows: EvidenceRows,
  { threshold, costs }: { readonly threshold: number; readonly costs: number },
): Evidence & { readonly independent: Independence } {
  const { probabilities, labels } = rows;
  const independent = independenceOf(rows);
  const block = blockLength(labels.length, independent.labels);
  const { taken, late, signals } = tradesOf(rows, threshold);
  const judged = { ...rows, threshold, taken, late };
  const draw = { block, replicates: within(REPLICATES, labels.length), random: sfc32(1) };
  const { gross, grossLate, ...intervals } = intervalsOf(judged, draw);
  const figures = (trades: Int32Array, interval: Interval): TradingFigures => {
    const grossInterval: Interval = trades.length < ENOUGH ? [NaN, NaN] : interval;
    return tradingFigures(rows, { taken: trades, signals, costs, grossInterval });
  };
  const chance = chanceOf(rows, { block, shifts: within(SHIFTS, labels.length), random: sfc32(2) });
  const drawn = { independent: independent.labels, replicates: within(SHIFTS, labels.length) };
  const calibration = (said: Float64Array): CalibrationFigures =>
    calibrationOf({ probabilities: said, labels }, { ...drawn, random: sfc32(3) });
  const scored = { rocAuc: rocAuc(probabilities, labels), interval: intervals.rocAuc, chance };
  return {
    independent,
    intervals,
    chance,
    verdict: verdictOf({ ...scored, independent: independent.labels }),
    calibration: { before: calibration(rows.raw), after: calibration(probabilities) },
    trading: figures(taken, gross),
    late: figures(late, grossLate),
  };
}
