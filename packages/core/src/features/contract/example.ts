/** Parameters to show an operator with, and to measure it with: what its users write most. */
import type { Operator, ParameterSpec } from './operator.ts';

/** Usual values of parameters that have no default. Anything else: a window of 14 rows, or half a unit. */
const USUAL: Readonly<Record<string, number>> = {
  fast: 12,
  slow: 26,
  signal: 9,
  matype: 1,
  fast_matype: 1,
  slow_matype: 1,
  signal_matype: 1,
  min_period: 5,
  max_period: 20,
  up: 2,
  down: 2,
  low: 30,
  high: 70,
  length: 24,
  d: 0.4,
  lag: 1,
  p1: 7,
  p2: 14,
  p3: 28,
  step: 10,
  fastk: 5,
  slowk: 3,
  slowd: 3,
  fastd: 3,
  vfactor: 0.7,
  window: 50,
  bins: 50,
  start: 0,
  offset: 0,
  init_long: 0.02,
  step_long: 0.02,
  max_long: 0.2,
  init_short: 0.02,
  step_short: 0.02,
  max_short: 0.2,
  otherwise: 0,
  multiplier: 3,
  nbdev: 2,
  percentile: 50,
  left: 2,
  right: 2,
  first: 25,
  second: 13,
  roc1: 11,
};
const USUAL_ROWS = 14;
const USUAL_NUMBER = 0.5;

/** A set of parameters that the operator accepts: its defaults, else the usual ones. */
export function exampleParams(op: Operator): number[] {
  return op.params.map(usual);
}

function usual({ name, default: given, integer, min, max }: ParameterSpec): number {
  const value = given ?? USUAL[name] ?? (integer ? USUAL_ROWS : USUAL_NUMBER);
  return Math.min(max, Math.max(min, value));
}
