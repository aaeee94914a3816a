/** Trades in which who takes tells what the price does next, by as much as is asked: 0 is a market without anything in it. */
import { distributions, sfc32 } from '../packages/core/src/base/random.ts';
import { blockOf, type Trade, type TradeBlock } from '../packages/core/src/trades/trade.ts';

/** Trades of a spell, in which takers lean one way. */
const SPELL = 60;
const START = 1_722_816_000_000_000;

/**
 * The price of a spell drifts the way in which the takers of the spell before leant.
 * @param strength of the drift, in standard deviations of a trade's step
 */
export function* plantedTrades(count: number, seed: number, strength: number): Generator<TradeBlock> {
  const random = distributions(sfc32(seed));
  let [price, time, lean, before] = [60_000, START, 0, 0];
  let trades: Trade[] = [];
  for (let i = 0; i < count; i++) {
    if (i % SPELL === 0) [before, lean] = [lean, random.uniform() < 0.5 ? -1 : 1];
    price *= 1 + 4e-5 * (random.normal() + strength * before);
    time += 100_000 + Math.floor(random.uniform() * 200_000);
    const buyerMaker = random.uniform() > 0.5 + 0.35 * lean;
    trades.push({ id: i + 1, time, price: Math.round(price * 100) / 100, quantity: 0.02, buyerMaker });
    if (trades.length < 4096 && i < count - 1) continue;
    yield blockOf(trades);
    trades = [];
  }
}
