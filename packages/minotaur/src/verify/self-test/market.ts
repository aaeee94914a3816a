/** Trades for the self-test: a small market with everything that breaks chains, the same for the same seed. */
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { createTradeBlock, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { CheckContext } from '../harness/check.ts';
import { cutTrades, type Stretch } from '../harness/stretch.ts';
import { mulberry32 } from 'minotaur-core/internal/base/random';

/** 2024-03-09T23:58:20Z: a midnight is near. */
const START = 1_710_028_700_000_000;
/** Prices are whole ticks of 0.01, sizes whole lots of 0.00001. */
const FIRST_TICKS = 6_000_000;

/**
 * `count` trades in order: many equal times, silences of seconds and sometimes minutes, runs of one side, now and then
 * a trade that closes bars by itself.
 */
export function market(count: number, seed: number): TradeBlock {
  const random = mulberry32(seed);
  const block = createTradeBlock(count);
  block.length = count;
  let time = START + Math.floor(random() * 86_400) * 1_000_000;
  let ticks = FIRST_TICKS;
  let side = 1;
  for (let i = 0; i < count; i++) {
    time += gap(random);
    if (random() < 0.5) ticks += Math.floor(random() * 401) - 200;
    if (random() < 0.25) side = -side;
    const lots = random() < 0.02 ? 3_000_000 : Math.ceil(random() * random() * 100_000);
    block.time[i] = time;
    block.id[i] = i + 1;
    block.price[i] = ticks / 100;
    block.quantity[i] = lots / 100_000;
    block.quoteQuantity[i] = (ticks * lots) / 10_000_000;
    block.side[i] = side;
  }
  return block;
}

function gap(random: () => number): number {
  const choice = random();
  if (choice < 0.4) return 0;
  if (choice < 0.95) return 1 + Math.floor(random() * 2_000_000);
  return choice < 0.995 ? Math.floor(random() * 20_000_000) : Math.floor(random() * 300_000_000);
}

/** A context whose stretches are `each` trades long, as so many files would be. */
export function marketContext(config: ConfigInput, trades: TradeBlock, each: number, seed: number): CheckContext {
  async function* open(): AsyncGenerator<Stretch> {
    yield* cutTrades(trades, each);
  }
  return { plan: planOf(config), configSource: { kind: 'value', value: config }, open, seed };
}
