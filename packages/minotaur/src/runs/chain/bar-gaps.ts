/** Bars that are missing between others, where bars are of one length: not those of hours and days on which there never are any. */
import { duration, figure } from 'minotaur-core/internal/base/figures';
import { MICROS_PER_DAY, MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';

/** What is missing. */
export interface GapsReport {
  /** Bars, and stretches of them. */
  readonly missing: number;
  readonly gaps: number;
  /** Those of the longest stretch, and the bar behind it. */
  readonly most: number;
  readonly place: string;
  /** Of a bar, microseconds. */
  readonly interval: number;
}

export interface BarGaps {
  /** @param opens microseconds; one that is not later than the one before is passed over */
  add(opens: number, place: () => string): void;
  /** Undefined where no bar is missing, or bars are of several lengths. */
  report(): GapsReport | undefined;
}

interface Gap {
  readonly from: number;
  readonly to: number;
  readonly place: string;
}

/** Stretches that are remembered, and lengths. */
const MOST = 10_000;
/** Bars of one stretch that are looked at. */
const COUNTED = 1_000_000;
/** Of the steps, so many are of the commonest length where bars have one. */
const MOSTLY = 0.5;
/** Sessions begin and end at quarters of an hour. */
const SLOT = 15 * 60 * MICROS_PER_SECOND;

export function createBarGaps(): BarGaps {
  const steps = new Map<number, number>();
  const slots = new Set<number>();
  const gaps: Gap[] = [];
  let [rows, first, opened, slot, least] = [0, NaN, NaN, NaN, Infinity];
  return {
    add(opens, place) {
      if (opens <= opened) return;
      if (rows++ === 0) first = opens;
      const step = opens - opened;
      if (step > least && gaps.length < MOST) gaps.push({ from: opened, to: opens, place: place() });
      if (step < least) least = step;
      if (step === step && (steps.size < MOST || steps.has(step))) steps.set(step, (steps.get(step) ?? 0) + 1);
      const at = Math.floor(opens / SLOT);
      if (at !== slot) slots.add((slot = at));
      opened = opens;
    },
    report() {
      const [[interval, often] = [NaN, 0]] = [...steps].sort((a, b) => b[1] - a[1]);
      if (!(often > MOSTLY * (rows - 1))) return undefined;
      const isExpected = expectation(slots, first, opened);
      const missing = gaps.map(({ from, to }) => missingIn(from, to, interval, isExpected));
      const most = missing.reduce((longest, count) => Math.max(longest, count), 0);
      if (most === 0) return undefined;
      return {
        missing: missing.reduce((sum, count) => sum + count, 0),
        gaps: missing.filter((count) => count > 0).length,
        most,
        place: gaps[missing.indexOf(most)].place,
        interval,
      };
    },
  };
}

function missingIn(from: number, to: number, interval: number, isExpected: (time: number) => boolean): number {
  let missing = 0;
  const end = Math.min(to, from + COUNTED * interval);
  for (let time = from + interval; time < end; time += interval) if (isExpected(time)) missing++;
  return missing;
}

/**
 * Whether there should be a bar: where there is one at that time a week before and a week behind, or a day in files that are shorter. Of
 * neighbours alone, so that a session which clocks have moved is none that lacks an hour.
 */
function expectation(slots: ReadonlySet<number>, first: number, last: number): (time: number) => boolean {
  const among = (time: number, apart: number): boolean | undefined => {
    const asked = [time - apart, time + apart].filter((at) => at >= first && at <= last);
    return asked.length === 0 ? undefined : asked.every((at) => slots.has(Math.floor(at / SLOT)));
  };
  return (time) => among(time, 7 * MICROS_PER_DAY) ?? among(time, MICROS_PER_DAY) ?? false;
}

/** As a note. */
export function gapWords({ missing, gaps, most, interval }: GapsReport): string {
  const longest = gaps === 1 ? '' : `; ${figure(most)} at once at most`;
  return `bars of ${duration(interval / MICROS_PER_SECOND)} that are missing between others: ${figure(missing)} in ${figure(gaps)} ${gaps === 1 ? 'place' : 'places'}${longest}`;
}
