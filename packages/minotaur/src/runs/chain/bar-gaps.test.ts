import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBarGaps, gapWords } from './bar-gaps.ts';

const MINUTE = 60e6;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 2024-01-01, a Monday. */
const MONDAY = 1_704_067_200_000_000;

function found(opens: readonly number[]) {
  const gaps = createBarGaps();
  opens.forEach((time, i) => gaps.add(MONDAY + time, () => `line ${i + 2}`));
  return gaps.report();
}

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

test('nights and weekends are no gaps, also where clocks are moved; a session that is missing is', () => {
  /** Half past nine to four, five days a week, by clocks that are moved after eight weeks. */
  const isOpen = (i: number): boolean => {
    const [day, minute] = [Math.floor(i / 1440), (i % 1440) + (i < 56 * 1440 ? 0 : 60)];
    return day % 7 < 5 && minute >= 870 && minute < 1260;
  };
  const sessions = spaced(16 * 7 * 1440, MINUTE, isOpen);
  assert.equal(found(sessions), undefined);
  const missing = sessions.filter((time) => Math.floor(time / DAY) !== 16);
  assert.equal(found(missing)?.missing, 390);
  const days = spaced(140, DAY, (i) => i % 7 < 5);
  assert.equal(found(days), undefined);
});

test('bars of no one length have none', () => {
  assert.equal(found(spaced(300, MINUTE, (i) => [0, 1, 4, 9].includes(i % 16))), undefined);
});
