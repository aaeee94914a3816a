import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed } from '../../../../../test/inspecting.ts';
import { simulate } from '../../files/simulate.ts';
import { tradeAt, type Trade } from 'minotaur-core/internal/trades/trade';
import { createSides } from './sides.ts';

const market: Trade[] = [...simulate({ trades: 4000, seed: 5 })].flatMap((block) =>
  Array.from({ length: block.length }, (_, i) => tradeAt(block, i)),
);
const with_ = (side: (trade: Trade, i: number) => boolean | undefined) =>
  fed(
    createSides(),
    market.map((trade, i) => ({ ...trade, buyerMaker: side(trade, i) })),
    { size: 1000 },
  ).report();

test('sides of a market agree with the tick rule, reversed ones do not, chance says nothing', () => {
  const own = with_(({ buyerMaker }) => buyerMaker ?? undefined);
  assert.equal(own.verdict, 'agree');
  assert.ok((own.agreement ?? 0) > 0.65, String(own.agreement));
  const reversed = with_(({ buyerMaker }) => !(buyerMaker ?? false));
  assert.equal(reversed.verdict, 'reversed');
  assert.equal(reversed.asked, own.asked);
  assert.equal(with_((_, i) => (i * 7919) % 13 < 6).verdict, 'unclear');
});

test('few say nothing, none are none', () => {
  const few = fed(createSides(), market.slice(0, 20)).report();
  assert.equal(few.verdict, 'unclear');
  const none = with_(() => undefined);
  assert.deepEqual([none.verdict, none.unknown, none.agreement], ['none', 4000, null]);
});
