/** Trades that bar kinds are tried on, from a seed: ties, silences over midnights, large and tiny ones, sides that are not known. */
import type { Trade } from 'minotaur-core/internal/trades/trade';

/** 2024-03-09T23:58:20Z: two minutes before a midnight. */
const START = 1_710_028_700_000_000;
const TICK = 0.01;
const FIRST_TICKS = 6_000_000;
/** Quantities are whole lots. */
const LOT = 1e-5;
const MAX_TRADES = 150;
const MAX_CUTS = 10;

export interface TradeSample {
  readonly trades: readonly Trade[];
  /** Trades per block, repeated as needed. */
  readonly cuts: readonly number[];
  /** Chooses trades, taken modulo what there is. */
  readonly at: number;
}

export function createTradeSample(random: () => number): TradeSample {
  const upTo = (n: number): number => Math.floor(random() * n);
  return {
    // Mostly few, sometimes many.
    trades: createTrades(random, 1 + Math.floor(random() * upTo(MAX_TRADES))),
    cuts: random() < 0.25 ? [1] : Array.from({ length: 1 + upTo(MAX_CUTS) }, () => 1 + upTo(random() < 0.5 ? 3 : 40)),
    at: upTo(100_000),
  };
}

/** `count` trades in order, with ids 1, 2, 3, ... */
export function createTrades(random: () => number, count: number): Trade[] {
  let time = START;
  let ticks = FIRST_TICKS;
  return Array.from({ length: count }, (_, i) => {
    time += gap(random);
    if (random() < 0.5) ticks = Math.max(1, ticks + Math.floor(random() * 601) - 300);
    const sideKnown = random() < 0.9;
    return {
      time,
      id: i + 1,
      price: ticks * TICK,
      quantity: lots(random) * LOT,
      ...(sideKnown ? { buyerMaker: random() < 0.5 } : {}),
    };
  });
}

/** Microseconds to the next trade: often none, mostly seconds, sometimes minutes, now and then hours. */
function gap(random: () => number): number {
  const choice = random();
  if (choice < 0.4) return 0;
  if (choice < 0.9) return 1 + Math.floor(random() * 3_000_000);
  return choice < 0.998 ? Math.floor(random() * 120) * 1_000_000 : Math.floor(random() * 600) * 60_000_000;
}

function lots(random: () => number): number {
  const choice = random();
  if (choice < 0.5) return 1 + Math.floor(random() * 500_000);
  return choice < 0.75 ? 1 : choice < 0.98 ? 100_000 : 300_000_000;
}

/** Samples that are simpler than this one: fewer trades, fewer cuts. */
export function* simplerTrades(sample: TradeSample): Generator<TradeSample> {
  const { trades, cuts, at } = sample;
  const half = trades.length >> 1;
  for (const fewer of [trades.slice(0, half), trades.slice(half), trades.slice(0, -1), trades.slice(1)]) {
    if (fewer.length > 0 && fewer.length < trades.length) yield { ...sample, trades: fewer };
  }
  for (const fewer of [[1], cuts.slice(0, 1)]) if (cuts.length > fewer.length) yield { ...sample, cuts: fewer };
  if (at > 0) yield { ...sample, at: at >> 1 };
}
