/** L1 and L2 where ids are of every kind, and trades come twice, late, and not at all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import type { TradeId } from '../../packages/core/src/trades/id.ts';
import { start } from '../collected.ts';
import { assertSameRows, blockOf, tradesArbitrary } from '../trades.ts';

const KINDS = ['dense', 'rising', 'unique', 'none'] as const;
/** What the n-th trade of a venue is called. */
const NAMES: Readonly<Record<(typeof KINDS)[number], (n: number) => TradeId>> = {
  dense: (n) => 2_290_000_000_050_703_789n + BigInt(n),
  rising: (n) => 4_294_967_000 + 7 * n,
  unique: (n) => `fill ${Math.imul(n, 0x9e3779b1)}`,
  none: (n) => n,
};

/** Trades of which some are missing, some come again, and some come late. */
const dirty = fc
  .tuple(
    tradesArbitrary(150),
    fc.array(fc.tuple(fc.nat(149), fc.constantFrom('miss', 'again', 'late')), { maxLength: 20 }),
  )
  .map(([trades, faults]) => {
    const out: Trade[] = [];
    const late: Trade[] = [];
    trades.forEach((trade, i) => {
      const fault = faults.find(([at]) => at === i)?.[1];
      if (fault === 'late') late.push(trade);
      else if (fault !== 'miss') out.push(trade);
      if (fault === 'again' && out.length > 3) out.push(trade, out[out.length - 4]);
      if (i % 5 === 4) out.push(...late.splice(0));
    });
    return out;
  });

for (const ids of KINDS) {
  test(`L1, L2: ${ids} ids, dirt and all: any cuts and restores give the same rows, counts and state`, () => {
    const handling = fc.constantFrom<'drop' | 'keep'>('drop', 'keep');
    fc.assert(
      fc.property(
        dirty,
        handling,
        handling,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }),
        (plain, duplicates, disorder, cuts) => {
          const trades = plain.map((trade) => ({ ...trade, id: NAMES[ids](trade.id as number) }));
          const settings: ConfigInput = {
            instruments: { IT: { ids } },
            clocks: { short: { bars: 'tick', threshold: 4 }, '1min': { bars: 'time', every: '1min' } },
            features: { short: ['close', 'volume', 'taker_buy_volume'], '1min': ['close', 'num_ticks'] },
            trades: { duplicates, disorder },
          };
          const whole = start(settings);
          whole.engine.push(blockOf(trades));
          let found = start(settings);
          for (let i = 0, k = 0; i < trades.length; k++) {
            const to = Math.min(trades.length, i + cuts[k % cuts.length]);
            if (to - i === 1) found.engine.push(trades[i]);
            else found.engine.push(blockOf(trades.slice(i, to)));
            if (k % 3 === 2) found = start(settings, found.rows, found.engine.snapshot());
            i = to;
          }
          assertSameRows(found.rows, whole.rows);
          assert.deepEqual(found.engine.counts(), whole.engine.counts());
          assert.equal(Buffer.compare(found.engine.snapshot(), whole.engine.snapshot()), 0, 'states differ');
        },
      ),
      { numRuns: 60, seed: 21 },
    );
  });
}
