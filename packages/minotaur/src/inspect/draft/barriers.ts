/** Barriers that fit the market: as far away as the price typically goes in some fifty bars, so that both are reached. */
import { log } from 'minotaur-core/internal/base/elementary/index';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { twoDigits } from '../measures/thresholds.ts';

/** A section `label`, and what it gives on the bars that it was made of. */
export interface Barriers {
  readonly label: NonNullable<ConfigInput['label']>;
  /** Bars that the price is looked at over. */
  readonly bars: number;
  /** Its typical change over so many, as a fraction. */
  readonly typical: number;
  /** Of the bars: those from which a gain came first, and a loss. */
  readonly gains: number;
  readonly losses: number;
}

/** Driving bars over which the change is measured. */
const BARS = 50;
/** Or fewer, so many times in what there is: the test rows, a fifth, are to hold some dozens of labels that do not overlap. */
const TIMES = 200;
/** The least distance of a barrier. */
const LEAST = 1e-5;

/** `closes`: those of the driving bars, in order. */
export function barriersOf(closes: readonly number[]): Barriers {
  const bars = Math.max(2, Math.min(BARS, Math.floor(closes.length / TIMES)));
  let sum = 0;
  let count = 0;
  for (let i = bars; i < closes.length; i++) {
    const change = closes[i] > 0 && closes[i - bars] > 0 ? log(closes[i] / closes[i - bars]) : 0;
    sum += change * change;
    count++;
  }
  const typical = count === 0 ? 0 : Math.sqrt(sum / count);
  for (const part of [1, 0.5, 0.25]) {
    const distance = Math.min(0.5, twoDigits(Math.max(LEAST, typical * part)));
    const found = firstTouches(closes, distance, 2 * bars);
    const label = { method: 'fixed', target: distance, stop: distance, limit: 2 * bars } as const;
    if (typical > 0 && Math.min(found.gains, found.losses) > 0) return { label, bars, typical, ...found };
  }
  const found = firstTouches(closes, 0, bars);
  return { label: { method: 'horizon', after: bars }, bars, typical, ...found };
}

/** Which barrier comes first from each close, or which side of it the price is on at the limit. */
function firstTouches(closes: readonly number[], distance: number, limit: number): { gains: number; losses: number } {
  let [gains, losses] = [0, 0];
  for (let i = 0; i + 1 < closes.length; i++) {
    const [high, low] = [closes[i] * (1 + distance), closes[i] * (1 - distance)];
    let at = i + 1;
    while (at < closes.length && at < i + limit && closes[at] < high && closes[at] > low) at++;
    if (at === closes.length) continue;
    if (closes[at] > closes[i]) gains++;
    else losses++;
  }
  return { gains, losses };
}
