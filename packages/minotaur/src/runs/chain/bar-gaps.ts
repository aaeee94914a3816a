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
  /** Whether there may be more: of so many stretches not all are remembered. */
  readonly isLeast: boolean;
  /** Of a bar, microseconds. */
  readonly interval: number;
}

export interface BarGaps {
  /** @param opens microseconds; one that is not later than the one before is passed over */
  add(opens: number, place: () => string): void;
  /** Undefined where no bar is missing, or bars are of several lengths. */
  report(): GapsReport | undefined;
  /** Days (UTC) without any bar where weekends have none, and others of their weekday have some: most are holidays, and none is counted as missing. */
  silentDays(): number;
}

interface Gap {
  readonly from: number;
  readonly to: number;
  readonly place: string;
}

/** Stretches that are remembered, and lengths. */
const MOST = 10_000;
/** Of the first steps it is not known yet which is the commonest: all are remembered. */
const EARLY = 100;
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
  let [rows, first, opened, slot, isLeast] = [0, NaN, NaN, NaN, false];
  // The commonest step so far, and how often it was.
  let [usual, times] = [NaN, 0];
  /** What is missing in each gap, and the days that are silent. */
  const count = () => {
    const [[interval, often] = [NaN, 0]] = [...steps].sort((a, b) => b[1] - a[1]);
    const silent = new Set<number>();
    if (!(often > MOSTLY * (rows - 1))) return { interval, silent, missing: [] };
    const isExpected = expectation(slots, first, opened);
    const isSilent = interval <= MICROS_PER_DAY ? silence(slots, first, opened) : () => false;
    const isMissing = (time: number): boolean => {
      if (!isExpected(time)) return false;
      const day = Math.floor(time / MICROS_PER_DAY);
      if (!isSilent(day)) return true;
      silent.add(day);
      return false;
    };
    return { interval, silent, missing: gaps.map(({ from, to }) => missingIn(from, to, interval, isMissing)) };
  };
  return {
    add(opens, place) {
      if (opens <= opened) return;
      if (rows++ === 0) first = opens;
      const step = opens - opened;
      if (step > usual || (step === step && rows <= EARLY)) {
        if (gaps.length < MOST) gaps.push({ from: opened, to: opens, place: place() });
        else isLeast = true;
      }
      if (step === step && (steps.size < MOST || steps.has(step))) {
        const often = (steps.get(step) ?? 0) + 1;
        steps.set(step, often);
        if (often > times) [usual, times] = [step, often];
      }
      const at = Math.floor(opens / SLOT);
      if (at !== slot) slots.add((slot = at));
      opened = opens;
    },
    report() {
      const { interval, missing } = count();
      const most = missing.reduce((longest, of) => Math.max(longest, of), 0);
      if (most === 0) return undefined;
      return {
        missing: missing.reduce((sum, of) => sum + of, 0),
        gaps: missing.filter((of) => of > 0).length,
        most,
        place: gaps[missing.indexOf(most)].place,
        isLeast,
        interval,
      };
    },
    silentDays: () => count().silent.size,
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

const SLOTS_PER_DAY = MICROS_PER_DAY / SLOT;
/** Of the days since 1970, a Thursday, the first Saturday. */
const SATURDAY = 2;

/** Which days have no bar at all, where most Saturdays have none: exchanges have holidays. Where all days are traded none is silent. */
function silence(slots: ReadonlySet<number>, first: number, last: number): (day: number) => boolean {
  const days = new Set<number>();
  for (const slot of slots) days.add(Math.floor(slot / SLOTS_PER_DAY));
  const from = Math.floor(first / MICROS_PER_DAY);
  const end = Math.floor(last / MICROS_PER_DAY);
  let [saturdays, without] = [0, 0];
  for (let day = from + ((7 + SATURDAY - (from % 7)) % 7); day <= end; day += 7) {
    saturdays++;
    if (!days.has(day)) without++;
  }
  return without > saturdays / 2 ? (day) => !days.has(day) : () => false;
}

/** As a note. */
export function gapWords({ missing, gaps, most, isLeast, interval }: GapsReport): string {
  const longest = gaps === 1 ? '' : `; ${figure(most)} at once at most`;
  return `bars of ${duration(interval / MICROS_PER_SECOND)} that are missing between others: ${isLeast ? 'at least ' : ''}${figure(missing)} in ${figure(gaps)} ${gaps === 1 ? 'place' : 'places'}${longest}`;
}
