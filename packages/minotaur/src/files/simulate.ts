/**
 * A market that never was, the same for the same seed: clustered arrivals, fat tails, volatility regimes, bid-ask bounce,
 * both sides, and taker orders that sweep several fills at one time. About 25 trades a second of some 1,200 dollars each at
 * a price near 60,000. Where it goes cannot be told, unless a signal is planted: then it follows the flow of taker orders.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import { MICROS_PER_HOUR } from 'minotaur-core/internal/base/time';
import { setId } from 'minotaur-core/internal/trades/id';
import { createTradeBlock } from 'minotaur-core/internal/trades/trade';
import { tradeAt, type Trade, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { exp } from 'minotaur-core/internal/base/elementary/index';
import { distributions, sfc32, type Random } from 'minotaur-core/internal/base/random';

export interface SimulationOptions {
  /** How many trades. */
  readonly trades: number;
  /** Any safe integer; the same seed gives the same bits. */
  readonly seed: number;
  /** Time of the start, microseconds; 2024-08-05T00:00:00Z where absent. */
  readonly start?: number | undefined;
  /** Quote units; 60,000 where absent. */
  readonly price?: number | undefined;
  /** Id of the first trade; the others follow without gaps. 1 where absent. */
  readonly firstId?: number | undefined;
  /** Rows per block; 32,768 where absent. */
  readonly blockRows?: number | undefined;
  /**
   * A planted signal: the correlation of the flow (how far the trades of takers have leaned one way, those of `MEMORY`
   * seconds ago counting 1 / e) with the return of the `MEMORY` seconds that follow; 0 to 0.5. 0, a market in which there
   * is nothing to learn but how much it moves, where absent.
   */
  readonly informationCoefficient?: number | undefined;
}

/** The strongest signal that can be planted. */
const STRONGEST_SIGNAL = 0.5;

const START = 1_722_816_000_000_000;
/** Prices are counted in ticks of 0.01 and quantities in lots of 0.00001: integers, so that decimals come out exact. */
const TICKS = 100;
const LOTS = 100_000;
/** Fraction of the price per square root of a second: 50 % a year. */
const VOLATILITY = 8.9e-5;
/** After so many seconds the flow remembers 1 / e of a trade; a planted signal is stated of as many seconds to come. */
const MEMORY = 10;
/** How likely the next taker order is on the other side. */
const TURN = 0.35;
/**
 * Variance of the flow, as a multiple of that of trades whose orders take sides independently: 1 + 2 r / (1 - r) m² / q,
 * where r = 1 - 2 TURN, and an order has m = 2.55 fills, and q = 24.2 squared, on average.
 */
const LEAN = 1.23;
/** Taker orders a second without excitement; those that excitement adds on top; how long it lasts (s). */
const BASE_RATE = 4;
const BRANCHING = 0.6;
const EXCITEMENT_LIFE = 1.5;
/** Activity by UTC hour, mean about 1: quiet nights, the European and American opens. */
const DAY = [
  0.9, 0.85, 0.85, 0.8, 0.75, 0.75, 0.8, 0.95, 1, 0.95, 0.9, 0.9, 1, 1.3, 1.6, 1.5, 1.3, 1.15, 1.05, 1, 1, 0.95, 0.9,
  0.9,
];
/** Volatility, rate and mean duration (s) of the regimes. */
const REGIMES = [
  { volatility: 0.5, rate: 0.7, duration: 5400 },
  { volatility: 1, rate: 1, duration: 3600 },
  { volatility: 2.5, rate: 2, duration: 900 },
];

interface Market {
  /** Microseconds, fractions kept. */
  time: number;
  /** Fair price in ticks, fractions kept. */
  fair: number;
  excitement: number;
  regime: number;
  /** Seconds until the regime changes. */
  remaining: number;
  /** 1 the taker buys, -1 sells. */
  side: number;
  spread: number;
  /** Trades of takers, bought minus sold, and squares of the fills of each order: both forget. */
  flow: number;
  squares: number;
  /** Of the price a second, in volatilities, for a flow of one standard deviation. */
  readonly drift: number;
}

/**
 * Simulated trades as blocks whose arrays are reused: valid until the next block is taken.
 * @throws where `trades` is no positive integer, `seed` no safe integer, or the signal not within 0 to 0.5
 */
export function* simulate(options: SimulationOptions): Generator<TradeBlock> {
  const { trades, seed } = options;
  if (!Number.isSafeInteger(trades) || trades < 1) fail('config', 'trades', 'a positive integer', String(trades));
  if (!Number.isSafeInteger(seed)) fail('config', 'seed', 'a safe integer', String(seed));
  const random = distributions(sfc32(seed));
  const market: Market = {
    time: options.start ?? START,
    fair: (options.price ?? 60_000) * TICKS,
    excitement: 0,
    regime: 1,
    remaining: REGIMES[1].duration,
    side: 1,
    spread: 1,
    flow: 0,
    squares: 1,
    drift: driftOf(options.informationCoefficient ?? 0),
  };
  const block = createTradeBlock(options.blockRows ?? 32_768);
  let id = options.firstId ?? 1;
  let fills = 0;
  let ticks = 0;
  let moved = 0;
  for (let left = trades; left > 0;) {
    const length = Math.min(left, block.price.length);
    for (let i = 0; i < length; i++) {
      if (fills === 0) {
        moved = nextOrder(market, random);
        fills = fillsOf(random);
        market.flow += market.side * fills;
        market.squares += fills * fills;
        ticks = quoteOf(market);
      } else if (random.uniform() < 0.45)
        ticks = Math.max(1, ticks + market.side * Math.ceil(random.exponential() * 3));
      fills--;
      const lots = lotsOf(random);
      block.time[i] = moved;
      setId(block.id, i, id++);
      block.price[i] = ticks / TICKS;
      block.quantity[i] = lots / LOTS;
      block.side[i] = market.side;
    }
    left -= length;
    block.length = length;
    yield block;
  }
}

/**
 * The drift that has the flow's correlation with the return of the next `MEMORY` seconds. The flow's own autocorrelation
 * over t seconds is exp(-t / MEMORY), so that with a drift d a return of as many seconds has the covariance
 * d (1 - 1/e) MEMORY with it, and the variance MEMORY + 2 / e d² MEMORY².
 */
function driftOf(correlation: number): number {
  if (!(correlation >= 0 && correlation <= STRONGEST_SIGNAL))
    fail('config', 'signal, an information coefficient', `a number from 0 to ${STRONGEST_SIGNAL}`, String(correlation));
  const fading = exp(-1);
  const explained = (1 - fading) * (1 - fading) - 2 * fading * correlation * correlation;
  return correlation / Math.sqrt(MEMORY * explained);
}

/** Moves the market to its next taker order. @returns its time, whole microseconds */
function nextOrder(market: Market, random: Random): number {
  const regime = REGIMES[market.regime];
  const hour = Math.floor(market.time / MICROS_PER_HOUR) % 24;
  const rate = BASE_RATE * regime.rate * DAY[hour] + market.excitement;
  const seconds = random.exponential() / rate;
  market.time += seconds * 1e6;
  market.excitement = market.excitement * exp(-Math.min(seconds / EXCITEMENT_LIFE, 50)) + BRANCHING / EXCITEMENT_LIFE;
  moveFair(market, random, regime.volatility, seconds);
  market.spread = 1 + (random.uniform() < 0.08 * regime.volatility ? Math.floor(random.exponential() * 40) : 0);
  if (random.uniform() < TURN) market.side = -market.side;
  market.remaining -= seconds;
  if (market.remaining <= 0) {
    market.regime = market.regime === 1 ? (random.uniform() < 0.6 ? 0 : 2) : 1;
    market.remaining = REGIMES[market.regime].duration * random.exponential();
  }
  return Math.floor(market.time);
}

/** Diffusion, now and then a jump, the push of the order just filled, and what the flow says. */
function moveFair(market: Market, random: Random, volatility: number, seconds: number): void {
  const jump = random.uniform() < 2e-5 ? 40 : 1;
  const step = VOLATILITY * volatility * jump * Math.sqrt(seconds) * random.normal();
  const push = market.side * 2e-7 * random.exponential();
  const flow = market.flow / Math.sqrt(LEAN * market.squares);
  const told = VOLATILITY * volatility * market.drift * flow * seconds;
  market.fair = Math.max(100, market.fair * (1 + Math.max(-0.05, Math.min(0.05, step + push + told))));
  const kept = exp(-Math.min(seconds / MEMORY, 50));
  market.flow *= kept;
  market.squares *= kept * kept;
}

/** The best price on the other side: the ask for a buyer, the bid for a seller. */
function quoteOf({ fair, side, spread }: Market): number {
  const bid = Math.max(1, Math.floor(fair - spread / 2));
  return side > 0 ? bid + spread : bid;
}

/** Fills of one taker order: most have one, a few sweep the book. */
function fillsOf(random: Random): number {
  if (random.uniform() < 0.55) return 1;
  const mean = random.uniform() < 0.04 ? 20 : 2.2;
  return 2 + Math.floor(random.exponential() * mean);
}

/** Size of a fill: dust, lognormal retail, and a Pareto tail; 0.02 BTC on average. */
function lotsOf(random: Random): number {
  const u = random.uniform();
  if (u < 0.3) return 1 + Math.floor(random.uniform() * 30);
  if (u < 0.9) return 1 + Math.floor(400 * exp(1.4 * random.normal()));
  return Math.min(2_000_000, Math.floor(5000 * exp(random.exponential() / 1.6)));
}

/** The same, one at a time. */
export function* simulatedTrades(options: SimulationOptions): Generator<Trade> {
  for (const block of simulate(options)) for (let i = 0; i < block.length; i++) yield tradeAt(block, i);
}
