/** Trades for the self-test: a small market with everything that breaks chains, the same for the same seed. */
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { setId } from 'minotaur-core/internal/trades/id';
import { createTradeBlock, pickTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { CheckContext } from '../harness/check.ts';
import { inTurns } from '../harness/in-turns.ts';
import { reachOf } from '../harness/reach.ts';
import { cutTurns } from '../harness/several-stretch.ts';
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
    setId(block.id, i, i + 1);
    block.price[i] = ticks / 100;
    block.quantity[i] = lots / 100_000;
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

/** Of the trades of a market of several instruments, so many in a hundred; the first drives, the last is quiet. */
const SHARES = [50, 35, 15];
/** Trades come in batches, so many microseconds apart: times of one market that meet those of another, latency and all, to the microsecond. */
const BATCHES = [50_000, 250_000, 1];

/**
 * Some `count` trades of several instruments in all: prices that follow one walk, each with noise of its own and a level of its own; silences
 * of one while others trade; one that ends before the others.
 */
export function severalMarket(names: readonly string[], count: number, seed: number): Record<string, TradeBlock> {
  const common = market(count, seed);
  const random = mulberry32(seed + 77);
  const shares = names.map((_, k) => SHARES[k] ?? 10);
  const rows: number[][] = names.map(() => []);
  let silent = -1;
  for (let i = 0; i < count; i++) {
    if (random() < 0.01) silent = random() < 0.5 ? Math.floor(random() * names.length) : -1;
    let k = pickShare(shares, random);
    if (k === silent) k = (k + 1) % names.length;
    const isOver = k === names.length - 1 && k > 0 && i > 0.9 * count;
    if (!isOver) rows[k].push(i);
  }
  const lanes = names.map((name, k) => {
    const block = pickTrades(common, rows[k]);
    for (let i = 0; i < block.length; i++) {
      setId(block.id, i, i + 1);
      block.price[i] = (Math.round(block.price[i] * 100) + 1000 * k + Math.floor(random() * 21) - 10) / 100;
      const batch = BATCHES[k] ?? 1;
      block.time[i] = Math.floor(block.time[i] / batch) * batch;
    }
    return [name, block] as const;
  });
  return Object.fromEntries(lanes);
}

function pickShare(shares: readonly number[], random: () => number): number {
  let left = random() * shares.reduce((sum, share) => sum + share, 0);
  return shares.findIndex((share) => (left -= share) < 0);
}

/** A context of several instruments, whose stretches have `each` events. */
export function severalContext(
  config: ConfigInput,
  lanes: Readonly<Record<string, TradeBlock>>,
  each: number,
  seed: number,
): CheckContext {
  const plan = planOf(config);
  const open = (): AsyncGenerator<Stretch> => cutTurns(inTurns(lanes, plan.lanes.skew), { reach: reachOf(plan), each });
  return { plan, configSource: { kind: 'value', value: config }, open, seed };
}

/** A context whose stretches are `each` trades long, as so many files would be. */
export function marketContext(config: ConfigInput, trades: TradeBlock, each: number, seed: number): CheckContext {
  async function* open(): AsyncGenerator<Stretch> {
    yield* cutTrades(trades, each);
  }
  return { plan: planOf(config), configSource: { kind: 'value', value: config }, open, seed };
}
