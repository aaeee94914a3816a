/** What trials may choose from: a dimension for each parameter, as data. Optuna's distributions, under our names. */
import { exp, log } from '../base/elementary/index.ts';
import { fail } from '../base/errors.ts';
import type { Uniform } from '../base/random.ts';

/** What a parameter may be set to. */
type Value = string | number | boolean;

/** Any number from `low` to `high`, both included; with `log` evenly by its logarithm, with `step` on a grid from `low` on. */
export interface FloatDimension {
  readonly kind: 'float';
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly step?: number;
}

/** Whole numbers from `low` to `high`, both included, `step` (1 where absent) apart. */
export interface IntDimension {
  readonly kind: 'int';
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly step?: number;
}

/** One of a list, whose order means nothing. */
export interface ChoiceDimension {
  readonly kind: 'choice';
  readonly choices: readonly Value[];
}

export type Dimension = FloatDimension | IntDimension | ChoiceDimension;

/** By the name of the parameter. */
export type Space = Readonly<Record<string, Dimension>>;

/** A value for each parameter. */
export type Point = Readonly<Record<string, Value>>;

/** The same as numbers, a choice by its place in the list: how samplers and the storage hold it. */
export type Place = Readonly<Record<string, number>>;

/** A number dimension as samplers see it: its ends half a step further out, in logarithms where it is `log`. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
  /** Distance of its values; 0: any number. */
  readonly step: number;
}

/** Distance of the values; 0: any number. */
export const stepOf = ({ kind, step }: FloatDimension | IntDimension): number => step ?? (kind === 'int' ? 1 : 0);

export function scaleOf(dimension: FloatDimension | IntDimension): Scale {
  const step = stepOf(dimension);
  const [low, high] = [dimension.low - step / 2, dimension.high + step / 2];
  const isLog = dimension.log === true;
  return { low: isLog ? log(low) : low, high: isLog ? log(high) : high, isLog, step };
}

/** Whether there is nothing to choose. */
export const isSingle = (dimension: Dimension): boolean =>
  dimension.kind === 'choice' ? dimension.choices.length === 1 : dimension.low === dimension.high;

/** The value of a place on the dimension's scale: out of the logarithm, onto the grid, into the bounds. */
export function valueAt(dimension: FloatDimension | IntDimension, scaled: number): number {
  const { low, high } = dimension;
  const step = stepOf(dimension);
  const value = dimension.log === true ? exp(scaled) : scaled;
  const onGrid = step === 0 ? value : low + Math.round((value - low) / step) * step;
  return Math.min(high, Math.max(low, onGrid));
}

/** Evenly over its scale. */
export function drawEvenly(dimension: Dimension, uniform: Uniform): number {
  if (dimension.kind === 'choice') return Math.floor(uniform() * dimension.choices.length);
  const { low, high } = scaleOf(dimension);
  return valueAt(dimension, low + uniform() * (high - low));
}

/** Values of places. */
export function pointOf(space: Space, place: Place): Point {
  const value = (dimension: Dimension, at: number): Value => (dimension.kind === 'choice' ? dimension.choices[at] : at);
  return Object.fromEntries(Object.entries(space).map(([name, dimension]) => [name, value(dimension, place[name])]));
}

/**
 * Refuses a space that nothing can be drawn from.
 * @throws {MinotaurError} that names the parameter
 */
export function requireSpace(space: Space): void {
  const names = Object.keys(space);
  if (names.length === 0) fail('config', 'space', 'at least one parameter', 'none');
  for (const name of names) requireDimension(`space, ${name}`, space[name]);
}

function requireDimension(where: string, dimension: Dimension): void {
  if (dimension.kind === 'choice') {
    const { choices } = dimension;
    if (choices.length === 0 || new Set(choices).size < choices.length)
      fail('config', where, 'choices, each once', choices.length === 0 ? 'none' : choices.join(', '));
    return;
  }
  const { low, high, kind } = dimension;
  const step = stepOf(dimension);
  const isLog = dimension.log === true;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high))
    fail('config', where, 'finite low and high, low not above high', `${low} to ${high}`);
  if (kind === 'int' && ![low, high, step].every(Number.isSafeInteger))
    fail('config', where, 'whole numbers', `${low} to ${high}, step ${step}`);
  if (isLog && !(low > 0)) fail('config', where, 'low above 0 where it is log', `${low}`);
  if (isLog && dimension.step !== undefined) fail('config', where, 'log or a step', 'both');
  if (dimension.step === undefined) return;
  const steps = (high - low) / step;
  if (!(step > 0 && Math.abs(steps - Math.round(steps)) < 1e-8))
    fail('config', where, 'a step above 0 that leads from low to high', `${low} to ${high}, step ${step}`);
}
