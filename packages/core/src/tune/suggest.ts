/**
 * What a trial is to try. TPE: of the trials so far the best tenth, at most 25, are one density, all others the other; of 24 points
 * drawn from the first, that with the greatest ratio of the two. Multivariate over all parameters at once, or each by itself; the
 * first 10 are drawn evenly. Trials that still run count among the others ("constant liar"), so that processes side by side do not
 * try the same.
 * Source: Optuna 5.0.0, samplers/_tpe/sampler.py, with its defaults. What is drawn is drawn by our generator: the same for the
 * same seed, number and trials so far, and so the same on a machine where the study goes on.
 */
import { sfc32, type Uniform } from '../base/random.ts';
import { createParzen, drawPoints, kernelWeights, logDensity, type KernelWeights } from './parzen.ts';
import { drawEvenly, isSingle, type Dimension, type Place, type Space } from './space.ts';
import { isTried, lastStep, type Direction, type Trial } from './trial.ts';

export const SAMPLERS = ['tpe', 'tpe-univariate', 'random'] as const;

export interface Sampling {
  readonly sampler: (typeof SAMPLERS)[number];
  readonly direction: Direction;
  readonly seed: number;
}

const STARTUP = 10;
const CANDIDATES = 24;
const MOST_BELOW = 25;

/** Trials whose numbers have seeds of their own. */
const NUMBERS = 1_048_576;

/** Parameters for trial `number` after `trials`, which are in the order of their numbers. */
export function suggest(space: Space, trials: readonly Trial[], number: number, sampling: Sampling): Place {
  const uniform = sfc32(sampling.seed * NUMBERS + number);
  const place: Record<string, number> = {};
  const names = Object.keys(space).filter((name) => !isSingle(space[name]));
  for (const name of Object.keys(space)) place[name] = onlyPlace(space[name]);
  if (sampling.sampler === 'random' || trials.filter(isTried).length < STARTUP) {
    for (const name of names) place[name] = drawEvenly(space[name], uniform);
    return place;
  }
  const others = trials.filter((trial) => trial.number !== number);
  const { below, above } = splitTrials(others, sampling.direction);
  const groups = sampling.sampler === 'tpe' ? [names] : names.map((name) => [name]);
  // Most groups have as many observations as one another.
  const known = new Map<number, KernelWeights>();
  const weightsOf = (count: number): KernelWeights => {
    const found = known.get(count) ?? kernelWeights(count);
    known.set(count, found);
    return found;
  };
  for (const group of groups.filter(({ length }) => length > 0))
    Object.assign(place, bestOf(group, space, below, above, uniform, weightsOf));
  return place;
}

/** Of a dimension without a choice; of others it is set anew. */
const onlyPlace = (dimension: Dimension): number => (dimension.kind === 'choice' ? 0 : dimension.low);

function bestOf(
  names: readonly string[],
  space: Space,
  below: readonly Trial[],
  above: readonly Trial[],
  uniform: Uniform,
  weightsOf: (count: number) => KernelWeights,
): Place {
  const dimensions = names.map((name) => space[name]);
  const [good, bad] = [below, above].map((trials) => {
    const observations = observationsOf(names, trials);
    return createParzen(dimensions, observations, weightsOf(observations[0].length));
  });
  const points = drawPoints(good, uniform, CANDIDATES);
  const [likely, unlikely] = [good, bad].map((parzen) => logDensity(parzen, points));
  let best = 0;
  for (let i = 1; i < CANDIDATES; i++) if (likely[i] - unlikely[i] > likely[best] - unlikely[best]) best = i;
  return Object.fromEntries(names.map((name, k) => [name, points[k][best]]));
}

/** Places of the trials that have all of the parameters. */
function observationsOf(names: readonly string[], trials: readonly Trial[]): Float64Array[] {
  const columns = names.map(() => new Float64Array(trials.length));
  let rows = 0;
  for (const { place } of trials) {
    let whole = true;
    for (let k = 0; k < names.length; k++) {
      const at = place[names[k]];
      whole &&= at !== undefined;
      columns[k][rows] = at;
    }
    rows += Number(whole);
  }
  return columns.map((column) => column.subarray(0, rows));
}

/** The best tenth, rounded up, and the rest; either in their order. Of pruned trials those are better that came further. */
export function splitTrials(
  trials: readonly Trial[],
  direction: Direction,
): { readonly below: readonly Trial[]; readonly above: readonly Trial[] } {
  const sign = direction === 'MAXIMIZE' ? -1 : 1;
  const counted = trials.filter(({ state }) => state === 'COMPLETE' || state === 'PRUNED' || state === 'RUNNING');
  const complete = counted.filter(({ state }) => state === 'COMPLETE');
  const pruned = counted.filter(({ state }) => state === 'PRUNED');
  const count = Math.min(MOST_BELOW, Math.ceil(0.1 * (complete.length + pruned.length)));
  const best = new Set(complete.sort((a, b) => sign * (a.value - b.value)).slice(0, count));
  // Not ranked where they are not asked for, which is nearly always.
  if (best.size < count) for (const trial of byProgress(pruned, sign).slice(0, count - best.size)) best.add(trial);
  return { below: counted.filter((trial) => best.has(trial)), above: counted.filter((trial) => !best.has(trial)) };
}

function byProgress(pruned: readonly Trial[], sign: number): Trial[] {
  return pruned
    .map((trial) => ({ trial, rank: prunedRank(trial, sign) }))
    .sort(({ rank: [a, b] }, { rank: [c, d] }) => (a === c ? compare(b, d) : compare(a, c)))
    .map(({ trial }) => trial);
}

const compare = (a: number, b: number): number => (a < b ? -1 : Number(a > b));

/** The less, the better: how far a trial came, then what it had there. */
function prunedRank(trial: Trial, sign: number): readonly [steps: number, value: number] {
  const step = lastStep(trial);
  if (step === undefined) return [1, 0];
  const value = trial.intermediate.get(step) ?? NaN;
  return [-step, value === value ? sign * value : Infinity];
}
