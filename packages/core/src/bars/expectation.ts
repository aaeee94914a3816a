/**
 * Imbalance and run bars: a bar ends with the trade that brings more one-sided flow than the bars before let expect.
 *
 * Side b of a trade is 1 where the taker bought, -1 where the taker sold; v is its flow: 1, base units or quote units.
 *
 *     imbalance: theta = |sum of b v|                    expected = E0[T] |E0[v, b = 1] - E0[v, b = -1]|
 *     run:       theta = max(sum of v where b = 1,       expected = E0[T] max(E0[v, b = 1], E0[v, b = -1])
 *                            sum of v where b = -1)
 *
 * over the trades of the open bar; it closes at the first theta >= expected that leaves it a length T of minTicks to maxTicks, at
 * maxTicks at the latest. E0[T] is the exponentially weighted mean of the
 * lengths of closed bars, and E0[v, b = s] that of v over all trades, counted 0 for trades of the other side; that is
 * P[b = s] E[v | b = s], both estimated with the same weights. Weights are alpha = 2 / (span + 1), normalised by their sum
 * (pandas ewm with adjust=True), so the first trades weigh no more than others. Both are brought up when a bar closes.
 *
 * Source: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2; parameters as in mlfinlab.
 */
import type { Tape } from '../trades/tape.ts';
import type { EndRule, ExpectationKind } from './kind.ts';

export interface ExpectationSettings {
  /** Length of the first bar, in trades: there is nothing yet to expect. */
  readonly expectedTicks: number;
  /** Span of E0[T], in bars. */
  readonly ticksWindow: number;
  /** Span of the expected flow, in trades. */
  readonly imbalanceWindow: number;
  /**
   * Least and greatest length of a bar, and so of E0[T]. Without them the length runs away. It feeds on itself: flow without
   * direction takes a number of trades that grows with the square of what it has to reach, so above some length every bar is
   * longer than the one before, and below it shorter. And where the expected imbalance passes through zero, every trade is a bar.
   */
  readonly minTicks: number;
  readonly maxTicks: number;
}

/** Exact sums of the open bar's flow, two slots each. */
const BOUGHT = 0;
const SOLD = 2;
/** T: trades of the open bar whose side is known. */
const TICKS = 4;
/** Weighted sums over trades and their total weight. */
const MEAN_BOUGHT = 5;
const MEAN_SOLD = 6;
const WEIGHT = 7;
/** The same over bars, of their lengths; no weight means that no bar has closed. */
const MEAN_TICKS = 8;
const BARS_WEIGHT = 9;
/** What theta has to reach. */
const EXPECTED = 10;
const SLOTS = 11;

/** What is left of a weight after one step of an exponentially weighted mean. */
const fading = (span: number): number => 1 - 2 / (span + 1);

/** The rule of an imbalance or run kind. */
export function expectationRule(kind: ExpectationKind, settings: ExpectationSettings): EndRule {
  const isRun = kind.measure === 'run';
  const keepTicks = fading(settings.ticksWindow);
  return {
    slots: SLOTS,
    startsAnew: false,
    reach: reachBy(kind, settings),
    restart(state) {
      state[MEAN_TICKS] = state[TICKS] + keepTicks * state[MEAN_TICKS];
      state[BARS_WEIGHT] = 1 + keepTicks * state[BARS_WEIGHT];
      const ticks = state[MEAN_TICKS] / state[BARS_WEIGHT];
      const bought = state[MEAN_BOUGHT] / state[WEIGHT];
      const sold = state[MEAN_SOLD] / state[WEIGHT];
      state[EXPECTED] = ticks * (isRun ? Math.max(bought, sold) : Math.abs(bought - sold));
      state.fill(0, BOUGHT, TICKS + 1);
    },
  };
}

function flowOf({ flow }: ExpectationKind, tape: Tape): Float64Array | undefined {
  if (flow === 'ticks') return undefined;
  return flow === 'volume' ? tape.quantity : tape.dollars;
}

/**
 * The loop over trades: everything in local variables, and nothing allocated. The imbalance is the difference of the exact sums, not of
 * their rounded values, so that what is small beside both sides is kept.
 */
function reachBy(kind: ExpectationKind, settings: ExpectationSettings): EndRule['reach'] {
  const { expectedTicks, imbalanceWindow, minTicks, maxTicks } = settings;
  const keep = fading(imbalanceWindow);
  const isRun = kind.measure === 'run';
  return (state, tape, from, to) => {
    const flow = flowOf(kind, tape);
    const { bought } = tape;
    const expected = state[BARS_WEIGHT] === 0 ? Infinity : state[EXPECTED];
    const lastTick = expected === Infinity ? expectedTicks : maxTicks;
    let ticks = state[TICKS];
    let buy = state[BOUGHT];
    let buyLow = state[BOUGHT + 1];
    let sell = state[SOLD];
    let sellLow = state[SOLD + 1];
    let meanBuy = state[MEAN_BOUGHT];
    let meanSell = state[MEAN_SOLD];
    let weight = state[WEIGHT];
    let i = from;
    for (; i < to; i++) {
      // Without a side it is part of the bar and nothing else: no flow, no tick to expect.
      if (bought[i] !== bought[i]) continue;
      const v = flow === undefined ? 1 : flow[i];
      const up = bought[i] > 0 ? v : 0;
      let sum = buy + up;
      let shadow = sum - buy;
      buyLow += buy - (sum - shadow) + (up - shadow);
      buy = sum;
      const down = v - up;
      sum = sell + down;
      shadow = sum - sell;
      sellLow += sell - (sum - shadow) + (down - shadow);
      sell = sum;
      meanBuy = up + keep * meanBuy;
      meanSell = down + keep * meanSell;
      weight = 1 + keep * weight;
      ticks++;
      const theta = isRun ? Math.max(buy + buyLow, sell + sellLow) : Math.abs(buy - sell + (buyLow - sellLow));
      if ((theta >= expected && ticks >= minTicks) || ticks >= lastTick) break;
    }
    state[TICKS] = ticks;
    state[BOUGHT] = buy;
    state[BOUGHT + 1] = buyLow;
    state[SOLD] = sell;
    state[SOLD + 1] = sellLow;
    state[MEAN_BOUGHT] = meanBuy;
    state[MEAN_SOLD] = meanSell;
    state[WEIGHT] = weight;
    return i;
  };
}
