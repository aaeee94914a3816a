import assert from 'node:assert/strict';
import { test } from 'node:test';
import { many, walkingBars } from '../../../../../../test/oracle.ts';
import * as traits from '../../kernels/traits.ts';

const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;

const bits = new Map(Object.entries(traits).flatMap(([name, bit]) => (typeof bit === 'number' ? [[name, bit]] : [])));

test('candle_traits and candle_steps have the bit of each condition that holds', () => {
  const { open, high, low, close } = walkingBars(500);
  // A doji, a candle without shadows, a gap up and a gap down at least.
  close[100] = open[100];
  high[200] = Math.max(open[200], close[200]);
  low[200] = Math.min(open[200], close[200]);
  for (const x of [open, high, low, close]) for (let i = 300; i < 320; i++) x[i] += 50;
  const [found] = many('candle_traits(open, high, low, close)', 1, { open, high, low, close });
  const [steps] = many('candle_steps(open, high, low, close)', 1, { open, high, low, close });
  assert.ok(Number.isNaN(steps[0]));
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
    const against: Record<string, boolean> = {
      WHITE: holds['WHITE'],
      BLACK: holds['BLACK'],
      GAP_UP: holds['GAP_UP'],
      GAP_DOWN: holds['GAP_DOWN'],
      OPEN_UP: open[i] > open[i - 1],
      OPEN_DOWN: open[i] < open[i - 1],
      CLOSE_UP: close[i] > close[i - 1],
      CLOSE_DOWN: close[i] < close[i - 1],
      HIGH_UP: high[i] > high[i - 1],
      HIGH_DOWN: high[i] < high[i - 1],
      LOW_UP: low[i] > low[i - 1],
      LOW_DOWN: low[i] < low[i - 1],
      OPEN_OVER_CLOSE: open[i] > close[i - 1],
      OPEN_UNDER_CLOSE: open[i] < close[i - 1],
      CLOSE_OVER_OPEN: close[i] > open[i - 1],
      CLOSE_UNDER_OPEN: close[i] < open[i - 1],
    };
    const bitsOf = (of: Record<string, boolean>): number =>
      Object.entries(of).reduce((sum, [name, value]) => sum + (value ? (bits.get(name) as number) : 0), 0);
    assert.equal(steps[i], bitsOf(against), `row ${i}`);
    Object.assign(holds, against);
    assert.equal(found[i], bitsOf(holds), `row ${i}`);
    for (const [name, value] of Object.entries(holds)) {
      assert.equal((found[i] & (bits.get(name) as number)) !== 0, value, `row ${i}: ${name}`);
      if (value) seen.add(name);
    }
  }
  assert.deepEqual([...seen].sort(), [...bits.keys()].sort());
});
