/**
 * What a model leans on, by permutation (Breiman 2001; Fisher, Rudin and Dominici 2019): the values of a feature change places between
 * rows, and how much worse the model's word becomes is what it had of them. Blocks of rows change places, so that a value keeps its
 * neighbours, and none stays where it was.
 *
 * A feature whose word another one says too is worth little alone: families of features change places together.
 */
import type { Uniform } from '../../base/random.ts';
import { drawBlocks, percentiles, shareBelow, type Interval } from './intervals.ts';
import { createWeighted, FIGURES, type Figure } from './weighted.ts';

/** How much worse a score becomes. */
interface Fall {
  /** Mean over the repeats; not positive where nothing was lost. */
  readonly mean: number;
  /** Standard deviation over the repeats; NaN of one. */
  readonly spread: number;
  /** 95 % over repeats and resampled blocks of rows: what holds 0 may be nothing. */
  readonly interval: Interval;
}

/** What of a model's word is lost without a feature. */
export interface Falls {
  /** By how much the area under the ROC curve falls. */
  readonly rocAuc: Fall;
  /** By how much the mean logarithmic loss rises. */
  readonly logLoss: Fall;
}

/**
 * The row whose values each row gets: the rows in blocks of `block`, whose order is one cycle through all of them (Sattolo 1986).
 * Of less than two blocks every row keeps its own.
 */
export function permuteBlocks(rows: number, block: number, random: Uniform): Uint32Array {
  const blocks = Array.from({ length: Math.ceil(rows / block) }, (_, k) => k);
  for (let k = blocks.length - 1; k > 0; k--) {
    const other = Math.floor(random() * k);
    [blocks[k], blocks[other]] = [blocks[other], blocks[k]];
  }
  const from = new Uint32Array(rows);
  let at = 0;
  for (const k of blocks) for (let i = k * block; i < Math.min(rows, (k + 1) * block); i++) from[at++] = i;
  return from;
}

interface Said {
  /** Of label 1, in order of time. */
  readonly probabilities: Float64Array;
  /** 1 or 0; both classes. */
  readonly labels: Float64Array;
}

interface Draw {
  /** Rows of a block. */
  readonly block: number;
  /** Sets of rows that are drawn. */
  readonly replicates: number;
  /** Begins the numbers anew: sets are drawn again for each comparison, since all of them take replicates times rows. */
  readonly begin: () => Uniform;
}

const [AUC, LOSS] = (['rocAuc', 'logLoss'] as const satisfies readonly Figure[]).map((name) => FIGURES.indexOf(name));

/** Compares what is said without a feature, once a repeat, with what was said: on all rows, and on the same resampled ones. */
export function createFalls(
  said: Said,
  { block, replicates, begin }: Draw,
): (without: readonly Float64Array[]) => Falls {
  const { labels } = said;
  const once = new Uint32Array(labels.length).fill(1);
  const counts = new Uint32Array(labels.length);
  /** What is found of every set, one set at a time. */
  const ofSets = (find: (k: number) => (counts: Uint32Array) => Float64Array): Float64Array[] => {
    const random = begin();
    return Array.from({ length: replicates }, (_, k) => {
      drawBlocks(random, block, counts);
      return find(k)(counts);
    });
  };
  const share = shareBelow(labels.length / block);
  const figuresOf = (probabilities: Float64Array) => {
    const none = new Int32Array(0);
    const weighted = createWeighted({ probabilities, labels, threshold: 0.5, gain: labels, taken: none, late: none });
    return (counted: Uint32Array): Float64Array => {
      const out = new Float64Array(FIGURES.length);
      weighted(counted, out);
      return out;
    };
  };
  const own = figuresOf(said.probabilities);
  const whole = own(once);
  const drawn = ofSets(() => own);
  return (without) => {
    const each = without.map(figuresOf);
    const wholes = each.map((of) => of(once));
    // Every set of rows meets one of the repeats.
    const others = ofSets((k) => each[k % each.length]);
    const fall = (figure: number, sign: number): Fall => {
      const found = Float64Array.from(wholes, (one) => sign * (whole[figure] - one[figure]));
      const resampled = Float64Array.from(others, (one, k) => sign * (drawn[k][figure] - one[figure]));
      const mean = found.reduce((a, b) => a + b, 0) / found.length;
      const squares = found.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
      return { mean, spread: Math.sqrt(squares / (found.length - 1)), interval: percentiles(resampled, share) };
    };
    return { rocAuc: fall(AUC, 1), logLoss: fall(LOSS, -1) };
  };
}
