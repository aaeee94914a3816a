import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createSessions } from './sessions.ts';

const HOUR = 3600e6;

test('hours of the week that the span has, and those in which nothing is traded', () => {
  const open = Array.from({ length: 14 * 24 }, (_, hour) => hour).filter(
    (hour) => hour % 24 >= 9 && hour % 24 < 17 && Math.floor(hour / 24) % 7 < 5,
  );
  const { covered, closed, trades } = fed(
    createSessions(),
    open.map((hour) => trade(hour * HOUR + 1)),
    { size: 7 },
  ).report();
  assert.equal(trades[9], 2);
  assert.equal(covered[9], 1);
  assert.deepEqual([covered[10], covered[5 * 24], covered[4 * 24 + 17]], [2, 1, 1]);
  // Of the first Monday the span has nothing before 9, of the second all.
  assert.deepEqual([covered[8], closed.includes(8)], [1, true]);
  assert.ok(closed.includes(5 * 24 + 3) && closed.includes(24 + 8) && !closed.includes(24 + 9));
});

test('a short span has no hours that are closed', () => {
  assert.deepEqual(fed(createSessions(), [trade(0), trade(HOUR / 2)]).report().closed, []);
});
