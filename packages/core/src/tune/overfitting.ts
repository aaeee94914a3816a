/** Whether choosing the best trial chooses anything: combinatorially symmetric cross-validation. */
import { fail } from '../base/errors.ts';
import { log } from '../base/elementary/index.ts';

export interface Overfitting {
  /** Share of the divisions in which the trial that was best in one half is in the worse half of the trials in the other. */
  readonly probability: number;
  /** Of the divisions: median of log(w / (1 - w)), w the relative rank in the other half; above 0 is good. */
  readonly medianLogit: number;
  /** Ways to divide the blocks into halves. */
  readonly divisions: number;
}

/** Blocks that periods are cut into: 12,870 divisions. */
const BLOCKS = 16;
/** Periods a block at least. */
const LEAST = 2;

/**
 * The probability of backtest overfitting. Periods are cut into 16 blocks that follow each other; for every choice of 8 of them the
 * trial with the greatest Sharpe ratio there is ranked among all by its Sharpe ratio in the other 8. Equal ones share the mean of
 * their ranks; a rank in the middle counts as overfitted.
 * Source: Bailey, Borwein, López de Prado and Zhu, The Probability of Backtest Overfitting, Journal of Computational Finance 20 (2017).
 * @param sums of each trial, over the same periods; two trials at least
 */
export function probabilityOfOverfitting(sums: readonly BlockSums[]): Overfitting {
  const periods = sums[0]?.periods ?? 0;
  if (sums.length < 2 || periods < BLOCKS * LEAST)
    fail(
      'input',
      'probability of overfitting',
      `2 trials and ${BLOCKS * LEAST} periods`,
      `${sums.length} trials of ${periods} periods`,
    );
  const logits = divisions().map((inside) => logitOf(sums, inside));
  const sorted = Float64Array.from(logits).sort();
  return {
    probability: logits.filter((logit) => logit <= 0).length / logits.length,
    medianLogit: (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2,
    divisions: logits.length,
  };
}

/** Of one trial: what any blocks have in all, `at[lower half of the blocks] + at[SUBSETS + upper half]`. */
export interface BlockSums {
  readonly periods: number;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

const HALF = BLOCKS / 2;
const SUBSETS = 1 << HALF;

/** Of the returns of one trial, a period each, in order: all that is kept of them. */
export function blockSums(returns: Float64Array): BlockSums {
  const [count, sum, squares] = [0, 1, 2].map(() => new Float64Array(BLOCKS));
  for (let block = 0; block < BLOCKS; block++) {
    const from = Math.floor((returns.length * block) / BLOCKS);
    const to = Math.floor((returns.length * (block + 1)) / BLOCKS);
    count[block] = to - from;
    for (let i = from; i < to; i++) {
      sum[block] += returns[i];
      squares[block] += returns[i] * returns[i];
    }
  }
  return { periods: returns.length, count: ofSubsets(count), sum: ofSubsets(sum), squares: ofSubsets(squares) };
}

/** The sum of every choice of the first half of the blocks, then of every choice of the second. */
function ofSubsets(values: Float64Array): Float64Array {
  const found = new Float64Array(2 * SUBSETS);
  for (let half = 0; half < 2; half++) {
    for (let mask = 1; mask < SUBSETS; mask++) {
      const lowest = 31 - Math.clz32(mask & -mask);
      found[half * SUBSETS + mask] = found[half * SUBSETS + (mask & (mask - 1))] + values[half * HALF + lowest];
    }
  }
  return found;
}

/** Every choice of half of the blocks, as a mask. */
function divisions(): number[] {
  const found: number[] = [];
  for (let mask = 0; mask < 1 << BLOCKS; mask++) {
    let bits = 0;
    for (let b = mask; b > 0; b &= b - 1) bits++;
    if (bits === HALF) found.push(mask);
  }
  return found;
}

function logitOf(sums: readonly BlockSums[], inside: number): number {
  let [best, chosen] = [-Infinity, 0];
  sums.forEach((own, k) => {
    const sharpe = sharpeOf(own, inside);
    if (sharpe > best) [best, chosen] = [sharpe, k];
  });
  const outside = sums.map((own) => sharpeOf(own, ~inside));
  let [less, equal] = [0, 0];
  for (const sharpe of outside) {
    if (sharpe < outside[chosen]) less++;
    else if (sharpe === outside[chosen]) equal++;
  }
  const share = (less + (equal + 1) / 2) / (sums.length + 1);
  return log(share / (1 - share));
}

/** Of the blocks in `mask`; 0 where nothing varies. */
function sharpeOf({ count, sum, squares }: BlockSums, mask: number): number {
  const lower = mask & (SUBSETS - 1);
  const upper = SUBSETS + ((mask >> HALF) & (SUBSETS - 1));
  const n = count[lower] + count[upper];
  const mean = (sum[lower] + sum[upper]) / n;
  const square = (squares[lower] + squares[upper]) / n;
  const variance = square - mean * mean;
  // What is left of equal returns is rounding.
  return variance > 1e-14 * square ? mean / Math.sqrt(variance) : 0;
}
