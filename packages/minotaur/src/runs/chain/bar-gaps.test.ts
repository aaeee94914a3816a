import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBarGaps, gapWords } from './bar-gaps.ts';

const MINUTE = 60e6;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 2024-01-01, a Monday. */
const MONDAY = 1_704_067_200_000_000;

function heard(opens: readonly number[]) {
  const gaps = createBarGaps();
  opens.forEach((time, i) => gaps.add(MONDAY + time, () => `line ${i + 2}`));
  return gaps;
}
const found = (opens: readonly number[]) => heard(opens).report();

const spaced = (length: number, apart: number, isThere: (i: number) => boolean = () => true): number[] =>
  Array.from({ length }, (_, i) => i)
    .filter(isThere)
    .map((i) => i * apart);

test('bars that are missing are counted, together or one by one', () => {
  const block = found(spaced(3000, MINUTE, (i) => i < 1500 || i >= 1900));
  assert.deepEqual([block?.missing, block?.gaps, block?.place], [400, 1, 'line 1502']);
  assert.equal(block && gapWords(block), 'bars of 60.0 s that are missing between others: 400 in 1 place');
  const single = found(spaced(3000, MINUTE, (i) => i % 8 !== 5));
  assert.deepEqual([single?.missing, single?.gaps, single?.most], [375, 375, 1]);
  assert.equal(found(spaced(300, DAY, (i) => i !== 100))?.missing, 1);
  assert.equal(found(spaced(3000, MINUTE)), undefined);
});

test('nights and weekends are no gaps, also where clocks are moved; a part of a session is, and a whole one is told apart', () => {
  /** Half past nine to four, five days a week, by clocks that are moved after eight weeks. */
  const isOpen = (i: number): boolean => {
    const [day, minute] = [Math.floor(i / 1440), (i % 1440) + (i < 56 * 1440 ? 0 : 60)];
    return day % 7 < 5 && minute >= 870 && minute < 1260;
  };
  const sessions = spaced(16 * 7 * 1440, MINUTE, isOpen);
  assert.equal(found(sessions), undefined);
  const part = sessions.filter((time) => Math.floor(time / DAY) !== 16 || time % DAY >= 1000 * MINUTE);
  assert.equal(found(part)?.missing, 1000 - 870);
  const holiday = heard(sessions.filter((time) => Math.floor(time / DAY) !== 16));
  assert.deepEqual([holiday.report(), holiday.silentDays()], [undefined, 1]);
  const days = spaced(140, DAY, (i) => i % 7 < 5);
  assert.equal(found(days), undefined);
});

test('bars of no one length have none', () => {
  assert.equal(found(spaced(300, MINUTE, (i) => [0, 1, 4, 9].includes(i % 16))), undefined);
});

test('holidays of days that have no weekends are no gaps; where weekends have bars a day without any is one', () => {
  const HOLIDAYS = new Set([14, 49, 88, 147, 170, 185, 245, 332, 359]); // of New York, in 2024
  const year = heard(spaced(366, DAY, (i) => i % 7 < 5 && i > 0 && !HOLIDAYS.has(i)));
  assert.deepEqual([year.report(), year.silentDays()], [undefined, 9]);
  const always = heard(spaced(366, DAY, (i) => !HOLIDAYS.has(i)));
  assert.deepEqual([always.report()?.missing, always.silentDays()], [9, 0]);
  const minutes = heard(spaced(30 * 1440, MINUTE, (i) => Math.floor(i / 1440) !== 14));
  assert.deepEqual([minutes.report()?.missing, minutes.silentDays()], [1440, 0]);
});

test('a short step at the beginning hides no gap behind, nor is the first step passed over', () => {
  const bars = spaced(40_000, MINUTE, (i) => i < 30_000 || i >= 30_400);
  const late = found([0, 30e6, ...bars.slice(1)]);
  assert.deepEqual([late?.missing, late?.gaps, late?.isLeast], [400, 1, false]);
  // After the first bar twenty are missing, where a day and a week behind there are some.
  assert.equal(found(spaced(30_000, MINUTE, (i) => i === 0 || i > 20))?.missing, 20);
});

test('of more stretches than are remembered it is said that there may be more', () => {
  const many = found(spaced(100_000, MINUTE, (i) => i % 8 !== 5));
  assert.equal(many?.isLeast, true);
  assert.match(gapWords(many), /between others: at least 9,9\d\d in 9,9\d\d places/);
});
