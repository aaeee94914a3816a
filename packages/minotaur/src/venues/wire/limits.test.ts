/** What limits the wire, by a clock of the test's own: attempts, budget, overlap of two connections, clock offset, patience. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TradeId } from 'minotaur-core/internal/trades/id';
import { createAttempts } from './attempts.ts';
import { createBudget } from './budget.ts';
import { createClockOffset } from './clock-offset.ts';
import { createOverlapping } from './overlapping.ts';
import { createAlarm, type Surroundings } from './surroundings.ts';

/** Time that goes on when it is told to. */
function createTime() {
  const waiting = new Set<{ at: number; run: () => void }>();
  let clock = 0;
  const around: Surroundings = {
    now: () => clock,
    wall: () => 1000 * clock,
    uniform: () => 0.5,
    fetch,
    later(milliseconds, run) {
      const one = { at: clock + milliseconds, run };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
  };
  const pass = (milliseconds: number): void => {
    const end = clock + milliseconds;
    for (;;) {
      const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      clock = next.at;
      waiting.delete(next);
      next.run();
    }
    clock = end;
  };
  return { around, pass };
}

test('fault 18: of a budget no minute gets more, and most of it is used', () => {
  const { around, pass } = createTime();
  const budget = createBudget(6000, 25, around.now);
  const spent: number[] = [];
  while (around.now() < 300_000) {
    const wait = budget.take(25);
    if (wait > 0) pass(wait);
    spent.push(around.now());
    if (spent.length % 97 === 0) pass(3000);
  }
  for (const [i, at] of spent.entries()) {
    const inMinute = spent.slice(i).findIndex((later) => later >= at + 60_000);
    assert.ok(25 * (inMinute === -1 ? 0 : inMinute) <= 6000, `${inMinute} pages in a minute`);
  }
  assert.ok(spent.length * 25 > 0.6 * 6000 * 5);
});

test('fault 19: one attempt at a time, 300 in five minutes', () => {
  const { around, pass } = createTime();
  const attempts = createAttempts(60, around);
  const begun: number[] = [];
  let under = 0;
  const again = (): void => {
    const attempt = attempts.queue(() => {
      begun.push(around.now());
      assert.equal(++under, 1);
      around.later(10, () => {
        under--;
        attempt.done();
        attempt.done();
        again();
      });
    });
  };
  again();
  again();
  pass(1_200_000);
  assert.ok(begun.length >= 1200 && begun.length <= 1500, `${begun.length}`);
  for (let i = 300; i < begun.length; i++) assert.ok(begun[i] - begun[i - 300] >= 300_000);
});

test('an attempt that is called off leaves its place', () => {
  const { around } = createTime();
  const attempts = createAttempts(null, around);
  const begun: string[] = [];
  const first = attempts.queue(() => begun.push('first'));
  const second = attempts.queue(() => begun.push('second'));
  attempts.queue(() => begun.push('third'));
  second.done();
  assert.deepEqual(begun, ['first']);
  first.done();
  assert.deepEqual(begun, ['first', 'third']);
});

const trade = (id: TradeId, symbol = 'A') => ({ symbol, id, time: 0, price: 1, quantity: 1, buyerMaker: false });

test('fault 3: the older connection goes once it has reached where the newer began, not before', () => {
  const both = createOverlapping();
  both.take([trade(100)], 'older');
  assert.equal(both.met(), false);
  // The older lags: what lies between would be lost.
  both.take([trade(103), trade(104)], 'newer');
  assert.equal(both.met(), false);
  both.take([trade(101), trade(102)], 'older');
  assert.equal(both.met(), false);
  both.take([trade(103)], 'older');
  assert.equal(both.met(), true);
  both.take([trade(7, 'B')], 'older');
  assert.equal(both.met(), false);
  assert.deepEqual(both.missing(), ['B']);
  both.take([trade(7, 'B')], 'newer');
  assert.equal(both.met(), true);
});

test('fault 3: ids that do not order meet where they are the same', () => {
  const both = createOverlapping();
  both.take([trade('x'), trade('y')], 'older');
  both.take([trade('z')], 'newer');
  assert.equal(both.met(), false);
  both.take([trade('z')], 'older');
  assert.equal(both.met(), true);
});

test('fault 30: the clock offset is the least of the last minutes', () => {
  const offset = createClockOffset();
  assert.ok(Number.isNaN(offset.value(0)));
  const at = 1_700_000_000_000_000;
  offset.add(at - 900, at);
  offset.add(at + 1_200_000, at + 10);
  offset.add(at - 5, at + 20);
  assert.equal(offset.value(at), -1_199_990);
  assert.equal(offset.value(at + 200e6), -1_199_990);
  offset.add(at + 299e6, at + 300e6);
  assert.equal(offset.value(at + 320e6), 1e6);
  assert.ok(Number.isNaN(offset.value(at + 1000e6)));
});

test('an alarm goes off at the earliest of its times, once', () => {
  const { around, pass } = createTime();
  let woken = 0;
  const alarm = createAlarm(around, () => woken++);
  alarm.set(Infinity);
  alarm.set(100);
  alarm.set(200);
  alarm.set(50);
  pass(49);
  assert.equal(woken, 0);
  pass(200);
  assert.equal(woken, 1);
  alarm.set(300);
  alarm.cancel();
  pass(200);
  assert.equal(woken, 1);
});
