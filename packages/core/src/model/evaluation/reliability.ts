/**
 * How far probabilities are to be taken at their word: bins of equal width, the share of label 1 in each beside what was said.
 *
 *     Brier = reliability - resolution + uncertainty + within
 *
 * after Murphy (1973), whose three terms are of bins, with what bins hide after Stephenson, Coelho and Jolliffe (2008).
 */
import type { Uniform } from '../../base/random.ts';
import { inverseNormal } from '../../numeric/normal.ts';
import { quantileOf } from '../../numeric/quantile.ts';
import type { Interval } from './intervals.ts';
import { BINS, binsOf, reliability, type ReliabilityBin } from './metrics.ts';

/** A bin, and between which shares of label 1 it lies. */
interface CalibrationBin extends ReliabilityBin {
  /** 95 %, by the independent labels of the bin. */
  readonly interval: Interval;
}

/** Terms of a Brier score. */
interface BrierTerms {
  /** Mean squared distance of what was said from what happened, bin by bin: 0 is best. */
  readonly reliability: number;
  /** Mean squared distance of what happened in a bin from what happens at all: what the probabilities tell apart. */
  readonly resolution: number;
  /** p (1 - p) of the share of label 1: the score of who always says that share. */
  readonly uncertainty: number;
  /** What bins hide: the variance of probabilities within them less twice their covariance with the labels. */
  readonly within: number;
}

/** Of probabilities and what happened. */
export interface CalibrationFigures {
  /** Those that have rows. */
  readonly bins: readonly CalibrationBin[];
  /** Expected calibration error (Guo et al. 2017): mean over rows of the distance of said and happened in their bin. */
  readonly error: number;
  /** Below it lie 95 % of the errors of labels that are drawn by these very probabilities. */
  readonly reaches: number;
  /** Of the Brier score. */
  readonly brier: BrierTerms;
}

interface Said {
  readonly probabilities: Float64Array;
  /** 1 or 0. */
  readonly labels: Float64Array;
}

interface Draw {
  /** Labels on which the rows rest. */
  readonly independent: number;
  /** Sets of labels that are drawn. */
  readonly replicates: number;
  readonly random: Uniform;
}

/** The figures of rows in order of time. Time: replicates times rows. */
export function calibrationOf(said: Said, draw: Draw): CalibrationFigures {
  const { probabilities, labels } = said;
  const bins = reliability(probabilities, labels);
  const each = draw.independent / labels.length;
  return {
    bins: bins.map((bin) => ({ ...bin, interval: wilson(bin.observed, bin.rows * each) })),
    error: errorOf(bins, labels.length),
    reaches: reachesOf(probabilities, draw),
    brier: brierTerms(said, bins),
  };
}

const errorOf = (bins: readonly ReliabilityBin[], rows: number): number =>
  bins.reduce((sum, { rows: n, meanProbability, observed }) => sum + n * Math.abs(meanProbability - observed), 0) /
  rows;

const Z = inverseNormal(0.975);

/** Of a share that was seen in `n` independent labels, which may be a fraction (Wilson 1927). */
function wilson(share: number, n: number): Interval {
  const z2 = (Z * Z) / n;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n))) / (1 + z2);
  // It holds the share, which is an end of it where it is 0 or 1: rounding must not put it outside.
  return [Math.max(0, Math.min(share, middle - half)), Math.min(1, Math.max(share, middle + half))];
}

function brierTerms({ probabilities, labels }: Said, bins: readonly ReliabilityBin[]): BrierTerms {
  const rows = labels.length;
  const share = labels.reduce((a, b) => a + b, 0) / rows;
  const mean = (of: (bin: ReliabilityBin) => number): number =>
    bins.reduce((sum, bin) => sum + bin.rows * of(bin), 0) / rows;
  const at = new Map<number, ReliabilityBin>();
  const of = binsOf(probabilities);
  [...new Set(of)].sort((a, b) => a - b).forEach((bin, k) => at.set(bin, bins[k]));
  let within = 0;
  for (let i = 0; i < rows; i++) {
    const bin = at.get(of[i]) as ReliabilityBin;
    const off = probabilities[i] - bin.meanProbability;
    within += off * off - 2 * off * (labels[i] - bin.observed);
  }
  return {
    reliability: mean((bin) => (bin.meanProbability - bin.observed) * (bin.meanProbability - bin.observed)),
    resolution: mean((bin) => (bin.observed - share) * (bin.observed - share)),
    uncertainty: share * (1 - share),
    within: within / rows,
  };
}

/**
 * What the error reaches where the probabilities are true. Labels that overlap are alike: rows of one independent label share the number
 * that decides theirs (consistency resampling, Bröcker and Smith 2007, in blocks).
 */
function reachesOf(probabilities: Float64Array, { independent, replicates, random }: Draw): number {
  const rows = probabilities.length;
  const of = binsOf(probabilities);
  const block = rows / independent;
  const found = new Float64Array(replicates);
  const off = new Float64Array(BINS);
  for (let r = 0; r < replicates; r++) {
    off.fill(0);
    let [chosen, until] = [random(), block * random()];
    for (let i = 0; i < rows; i++) {
      for (; i >= until; until += block) chosen = random();
      off[of[i]] += probabilities[i] - Number(chosen < probabilities[i]);
    }
    found[r] = off.reduce((sum, value) => sum + Math.abs(value), 0) / rows;
  }
  return quantileOf(found.sort(), 0.95);
}
