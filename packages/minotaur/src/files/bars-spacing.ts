/** How far apart bars lie whose file has one time of each: how long they last, and whether they can last that long at all. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime, MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';

const MINUTE = 60 * MICROS_PER_SECOND;
/** A change of clocks stretches no bar of up to this length. */
const HOUR = 60 * MINUTE;
/** Sessions begin at such times: across a break the bars of up to an hour need not lie on one grid. */
const SESSION_STEP = 5 * MINUTE;
/** Of bars of up to a second, so many have the next one right behind them. */
const DENSE = 0.9;
/** Of bars with breaks between sessions, so many. */
const REGULAR = 0.5;

/**
 * So many equal steps of `intervals`, one after the other, are longer bars, and no gaps: of bars of which some are missing by chance
 * they would be one case in a billion or so, whatever the chance.
 */
const longerSteps = (intervals: number): number => (intervals < 5 ? 16 : 8);

const MEND = 'give close_time, or say `input: { barTime: close }` where it is that';

/** How long a bar lasts, by the first of them. */
export interface Spacing {
  /** The commonest positive difference between successive times; the shortest of equally common ones. */
  readonly interval: number;
  /** How many of them are that, from 0 to 1. */
  readonly share: number;
}

/** @throws where there are no two bars in order */
export function spacingOf(time: readonly number[], file: string): Spacing {
  const counts = new Map<number, number>();
  let all = 0;
  for (let i = 1; i < time.length; i++) {
    const difference = time[i] - time[i - 1];
    if (!(difference > 0)) continue;
    all++;
    counts.set(difference, (counts.get(difference) ?? 0) + 1);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (ranked.length === 0) {
    const expected = "open_time and close_time, or two bars to tell a bar's length by";
    fail('input', file, expected, 'one time column, and no two bars in order');
  }
  const [[interval, count]] = ranked;
  return { interval, share: count / all };
}

/** What is taken off the end of a bar so that it lies within the bar: a microsecond, a millisecond, a second. */
const OFF_THE_END = [1, 1000, MICROS_PER_SECOND];

/** By how much all times are before a whole minute, or a whole second of shorter bars; 0 where they are not. */
export function offTheEnd(times: readonly number[], { interval }: Spacing): number {
  const whole = interval >= MINUTE ? MINUTE : MICROS_PER_SECOND;
  if (interval < whole) return 0;
  const isOff = (one: number): boolean => one < whole && times.every((t) => t !== t || (t + one) % whole === 0);
  return OFF_THE_END.find(isOff) ?? 0;
}

/**
 * Refuses times that are evidently those of closing, as 23:59:59.999: taken for those of opening, a bar would lie across two.
 * @throws where all of them are as long before a whole minute, or a whole second of shorter bars
 */
export function requireOpening(times: readonly number[], spacing: Spacing, file: string): void {
  const off = offTheEnd(times, spacing);
  if (off === 0) return;
  const expected =
    'times at which bars open; `input: { barTime: close }` reads those at which they close (`barTime: open` says that they are not)';
  const whole = spacing.interval >= MINUTE ? 'minute' : 'second';
  const found = `${formatTime(times[0])} and the like, each ${off / MICROS_PER_SECOND} s before a whole ${whole}`;
  fail('input', file, expected, found);
}

/**
 * Refuses times of opening by which a bar would be said closed, and so known, before it is: bars of trades, of days over a change of
 * clocks, of months, of several lengths. They have one interval, and what is between them otherwise is a gap of whole intervals.
 */
export function openingCheck(
  { interval, share }: Spacing,
  file: string,
): (times: Float64Array, rows: number, place: (i: number) => string) => void {
  const length = `${interval / MICROS_PER_SECOND} s`;
  // Times of bars of trades in whole seconds are all whole intervals apart.
  if (interval <= MICROS_PER_SECOND && share < DENSE) {
    const found = `times of which only ${Math.floor(100 * share)} % are ${length} apart, the commonest difference`;
    fail('input', file, `bars of one length where one time says when they opened: ${MEND}`, found);
  }
  const hasBreaks = share >= REGULAR && interval <= HOUR;
  let [before, step, steps] = [NaN, NaN, 0];
  const isGap = (difference: number): boolean =>
    difference % interval === 0 || (hasBreaks && difference > interval && difference % SESSION_STEP === 0);
  return (times, rows, place) => {
    for (let i = 0; i < rows; i++) {
      const time = times[i];
      if (time !== time) continue;
      const difference = time - before;
      if (difference > 0) {
        steps = difference === step ? steps + 1 : 1;
        step = difference;
        const isLonger = difference > interval && steps >= longerSteps(difference / interval);
        if (!isGap(difference) || isLonger) {
          const expected = `bars of ${length}, the commonest difference, as one time says when they opened: ${MEND}`;
          const often = isLonger ? `, ${steps} times over` : '';
          fail(
            'input',
            place(i),
            expected,
            `${difference / MICROS_PER_SECOND} s from ${formatTime(before)} on${often}`,
          );
        }
      }
      before = time;
    }
  };
}
