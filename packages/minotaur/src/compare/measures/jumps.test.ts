/** Where a difference begins anew. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jumpsOf } from './jumps.ts';
import { pairOf } from './pair.ts';

test('a difference that fades begins where it leaps, however fast it fades, and nowhere else', () => {
  const starts = [150, 300, 450, 600, 750];
  for (const halfLife of [1.5, 3, 6, 10, 20]) {
    const a = Float64Array.from({ length: 900 }, (_, i) => Math.sin(i / 7) + Math.sin(i * i));
    let off = 0;
    const b = a.map((x, i) => x + (off = starts.includes(i) ? 1 + (i % 4) / 4 : off * 2 ** (-1 / halfLife)));
    assert.deepEqual(jumpsOf(pairOf(a, b)), starts, `half-life ${halfLife}`);
  }
});
