import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, clamped, panned, sizeFor, suffices, zoomed } from './camera.ts';

test('a view stays within the bars, and shows some of them', () => {
  assert.deepEqual(clamped({ from: -50, to: 50 }, 1000), { from: 0, to: 100 });
  assert.deepEqual(clamped({ from: 990, to: 1090 }, 1000), { from: 900, to: 1000 });
  assert.deepEqual(clamped({ from: -500, to: 5000 }, 1000), { from: 0, to: 1000 });
  assert.deepEqual(clamped({ from: 500, to: 501 }, 1000), { from: 494.5, to: 506.5 });
  assert.deepEqual(clamped({ from: 0, to: 1 }, 0), { from: 0, to: 12 });
});

test('what is pointed at stays where it is when the view comes nearer', () => {
  const view = zoomed({ from: 100, to: 300 }, 2, 0.25);
  assert.deepEqual(view, { from: 125, to: 225 });
  assert.equal(view.from + 0.25 * (view.to - view.from), 150);
  assert.deepEqual(panned(view, -0.5), { from: 75, to: 175 });
});

test('buckets are powers of two, each some pixels wide, and a window is three views of them at most', () => {
  assert.equal(sizeFor({ from: 0, to: 300 }, 900), 1);
  assert.equal(sizeFor({ from: 0, to: 301 }, 900), 2);
  assert.equal(sizeFor({ from: 0, to: 1e6 }, 900), 4096);
  for (const span of [12, 1000, 54_321, 1e6]) {
    const view = { from: 1e6 - span, to: 1e6 };
    const size = sizeFor(view, 1000);
    const { from, to } = around(view, size, 1e6);
    assert.ok(from % size === 0 && from <= view.from && to === 1e6);
    assert.ok((to - from) / size <= 1002, `${(to - from) / size} buckets`);
  }
});

test('a window suffices until its edge comes near, but at the end of the bars there is no more', () => {
  const there = { from: 0, to: 300, size: 1 };
  assert.ok(suffices(there, { from: 100, to: 200 }, 1, 1000));
  assert.ok(!suffices(there, { from: 190, to: 290 }, 1, 1000));
  assert.ok(suffices(there, { from: 190, to: 290 }, 1, 300));
  assert.ok(suffices(there, { from: 0, to: 100 }, 1, 300));
  assert.ok(!suffices(there, { from: 100, to: 200 }, 2, 1000));
});
