/**
 * Whether a trial is given up on the way.
 * Source: Optuna 5.0.0, MedianPruner and SuccessiveHalvingPruner (ASHA: Li et al. 2018), with their defaults.
 */
import { quantileOf } from '../numeric/quantile.ts';
import { lastStep, type Direction, type Trial } from './trial.ts';

export const PRUNERS = ['median', 'asha', 'none'] as const;

export type PrunerName = (typeof PRUNERS)[number];

export interface Pruning {
  readonly prune: boolean;
  /** What the trial had at each rung that it reached now, from `rungs.length` on: to be kept with it. */
  readonly rungs: readonly number[];
}

/** Complete trials before the median is asked. */
const STARTUP = 5;
/** One of so many goes on at a rung. */
const REDUCTION = 4;

/** Whether `trial` ends here, among `trials`, which hold it as it stands now. */
export function pruningOf(pruner: PrunerName, trial: Trial, trials: readonly Trial[], direction: Direction): Pruning {
  if (pruner === 'asha') return byHalving(trial, trials, direction);
  return { prune: pruner === 'median' && isBelowMedian(trial, trials, direction), rungs: [] };
}

/** Whether the best value so far is worse than the median of what complete trials had at this step. */
function isBelowMedian(trial: Trial, trials: readonly Trial[], direction: Direction): boolean {
  const complete = trials.filter(({ state }) => state === 'COMPLETE');
  const step = lastStep(trial);
  if (complete.length < STARTUP || step === undefined) return false;
  const own = [...trial.intermediate.values()].filter((value) => value === value);
  if (own.length === 0) return true;
  const there = complete.map(({ intermediate }) => intermediate.get(step) ?? NaN).filter((value) => value === value);
  if (there.length === 0) return false;
  const median = quantileOf(Float64Array.from(there).sort(), 0.5);
  return direction === 'MAXIMIZE' ? Math.max(...own) < median : Math.min(...own) > median;
}

/** Asynchronous successive halving: at each rung only the best of four goes on, judged by those that came so far before. */
function byHalving(trial: Trial, trials: readonly Trial[], direction: Direction): Pruning {
  const step = lastStep(trial);
  const first = firstRung(trials);
  if (step === undefined || first === undefined) return { prune: false, rungs: [] };
  const value = trial.intermediate.get(step) ?? NaN;
  const others = trials.filter(({ number }) => number !== trial.number);
  const rungs: number[] = [];
  let due = first;
  for (let k = 0; k < trial.rungs.length; k++) due *= REDUCTION;
  for (; step >= due; due *= REDUCTION) {
    if (value !== value) return { prune: true, rungs };
    const rung = trial.rungs.length + rungs.length;
    rungs.push(value);
    const there = others.filter((other) => other.rungs.length > rung).map((other) => other.rungs[rung]);
    if (!isPromoted(value, [...there, value], direction)) return { prune: true, rungs };
  }
  return { prune: false, rungs };
}

/** The step of the first rung: a hundredth of the longest complete trial. */
function firstRung(trials: readonly Trial[]): number | undefined {
  const steps = trials
    .filter(({ state }) => state === 'COMPLETE')
    .map(lastStep)
    .filter((step) => step !== undefined);
  return steps.length === 0 ? undefined : Math.max(1, Math.floor(Math.max(...steps) / 100));
}

function isPromoted(value: number, competing: readonly number[], direction: Direction): boolean {
  const sorted = Float64Array.from(competing).sort();
  const place = Math.max(0, Math.floor(sorted.length / REDUCTION) - 1);
  return direction === 'MAXIMIZE' ? value >= sorted[sorted.length - 1 - place] : value <= sorted[place];
}
