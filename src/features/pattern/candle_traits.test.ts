import assert from 'node:assert/strict';
import { test } from 'node:test';
import { many, walkingBars } from '../../../test/oracle.ts';
import * as traits from './traits.ts';

const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;

const bits = new Map(Object.entries(traits).flatMap(([name, bit]) => (typeof bit === 'number' ? [[name, bit]] : [])));

test('candle_traits has the bit of each condition that holds', () => {
  const { open, high, low, close } = walkingBars(500);
  // A doji, a candle without shadows, a gap up and a gap down at least.
  close[100] = open[100];
  high[200] = Math.max(open[200], close[200]);
  low[200] = Math.min(open[200], close[200]);
  for (const x of [open, high, low, close]) for (let i = 300; i < 320; i++) x[i] += 50;
  const [found] = many('candle_traits(open, high, low, close)', 1, { open, high, low, close });
  const seen = new Set<string>();
  for (let i = 0; i < open.length; i++) {
    if (i < 10) {
      assert.ok(Number.isNaN(found[i]));
      continue;
    }
    const body = (k: number): number => Math.abs(close[k] - open[k]);
    const top = (k: number): number => Math.max(open[k], close[k]);
    const bottom = (k: number): number => Math.min(open[k], close[k]);
    const before = Array.from({ length: 10 }, (_, k) => i - 10 + k);
    const average = mean(before.map(body));
    const tiny = 0.1 * mean(before.map((k) => high[k] - low[k]));
    const short = mean(before.map((k) => high[k] - top(k) + (bottom(k) - low[k]))) / 2;
    const [upper, lower] = [high[i] - top(i), bottom(i) - low[i]];
    const holds: Record<string, boolean> = {
      WHITE: close[i] >= open[i],
      BLACK: close[i] < open[i],
      LONG: body(i) > average,
      SHORT: body(i) < average,
      SMALL: body(i) <= average,
      DOJI: body(i) <= tiny,
      UPPER_NONE: upper < tiny,
      UPPER_SOME: upper > tiny,
      UPPER_SHORT: upper < short,
      UPPER_LONG: upper > body(i),
      UPPER_VERY_LONG: upper > 2 * body(i),
      LOWER_NONE: lower < tiny,
      LOWER_SOME: lower > tiny,
      LOWER_SHORT: lower < short,
      LOWER_LONG: lower > body(i),
      LOWER_VERY_LONG: lower > 2 * body(i),
      GAP_UP: bottom(i) > top(i - 1),
      GAP_DOWN: top(i) < bottom(i - 1),
    };
    for (const [name, value] of Object.entries(holds)) {
      assert.equal((found[i] & (bits.get(name) as number)) !== 0, value, `row ${i}: ${name}`);
      if (value) seen.add(name);
    }
  }
  assert.deepEqual([...seen].sort(), [...bits.keys()].sort());
});
