/** Trades for tests: fast-check arbitraries that favour what breaks, and a plain generator with a seed. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { mulberry32 } from '../packages/core/src/base/random.ts';
import type { Trade } from '../packages/core/src/trades/trade.ts';

export { blockOf } from '../packages/core/src/trades/trade.ts';

/** 2024-03-09T23:58:20Z: two minutes before a midnight. */
export const START = 1_710_028_700_000_000;

/** Gaps between trades: many ties, some seconds, minutes, hours, now and then days. */
const gap = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 3_000_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 120 }).map((s) => s * 1_000_000) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 600 }).map((m) => m * 60_000_000) },
);

const step = fc.record({
  gap,
  move: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.integer({ min: -300, max: 300 }) },
  ),
  quantity: fc.oneof(fc.integer({ min: 1, max: 500_000 }), fc.constant(1), fc.constant(100_000)),
  buyerMaker: fc.boolean(),
});

/** Trades in order, with ids 1, 2, 3, ... Prices are multiples of `tick` around `price`. */
export function tradesArbitrary(maxLength: number, price = 60_000, tick = 0.01): fc.Arbitrary<Trade[]> {
  return fc.array(step, { minLength: 1, maxLength }).map((steps) => {
    let time = START;
    let level = Math.round(price / tick);
    return steps.map((s, i) => {
      time += s.gap;
      level = Math.max(1, level + s.move);
      return { time, id: i + 1, price: level * tick, quantity: s.quantity / 100_000, buyerMaker: s.buyerMaker };
    });
  });
}

/** A tame random walk of `count` trades, about `perMinute` a minute. */
export function walk(count: number, seed: number, perMinute = 600): Trade[] {
  const random = mulberry32(seed);
  let time = START;
  let level = 6_000_000;
  return Array.from({ length: count }, (_, i) => {
    time += random() < 0.4 ? 0 : Math.floor((random() * 2 * 60_000_000) / perMinute);
    if (random() < 0.4) level += Math.floor(random() * 41) - 20;
    const quantity = Math.ceil(random() * random() * 50_000) / 100_000;
    return { time, id: i + 1, price: level / 100, quantity, buyerMaker: random() < 0.5 };
  });
}

/** Fails at the first difference between tables of numbers; a diff of whole tables, as deepEqual makes one, can take minutes. */
export function assertSameRows(
  found: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  message = '',
): void {
  const rows = Math.min(found.length, expected.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < expected[r].length; c++) {
      const same = Object.is(found[r][c], expected[r][c]);
      assert.ok(same, `${message} row ${r}, column ${c}: expected ${expected[r][c]}, found ${found[r][c]}`);
    }
  }
  assert.equal(found.length, expected.length, `${message} number of rows`);
}
