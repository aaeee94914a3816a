import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planOf } from 'minotaur-core/internal/config/engine';
import { longestSpan, stretchEnd } from './span.ts';

const MINUTE = 60_000_000;

test('a stretch of minutes is bounded in time by what its bars hold, one of trades is not', () => {
  const minutes = longestSpan(planOf({ clocks: { one: { bars: 'time', every: '1min' } } }));
  const seconds = longestSpan(planOf({ clocks: { one: { bars: 'time', every: '1s' } } }));
  assert.ok(minutes > 1000 * MINUTE && minutes < 50_000 * MINUTE, `${minutes / MINUTE} minutes`);
  assert.ok(Math.abs(minutes / seconds - 60) < 1e-9);
  assert.equal(longestSpan(planOf({ clocks: { one: { bars: 'tick', threshold: 10 } } })), Infinity);
});

test('a stretch ends before the event that is too far from the one before it, and has at least one', () => {
  const times = [0, 10, 20, 500, 505, 510, 2000];
  const cut = (from: number, reached: number, events = 100): number =>
    stretchEnd((i) => times[i], { from, end: times.length, events }, reached, 100);
  assert.equal(cut(0, NaN), 3);
  assert.equal(cut(3, 20), 4);
  assert.equal(cut(4, 500), 6);
  assert.equal(cut(6, 510), 7);
  assert.equal(cut(0, NaN, 2), 2);
});
