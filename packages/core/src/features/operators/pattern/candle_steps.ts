import { operator } from '../../contract/operator.ts';

/**
 * How a candle stands to the one before, as the bits of an integer: its colour, the gap between the bodies, and which prices
 * are above or below those before. Computed once for all candlestick patterns.
 *
 * Cost: about 12 ns a row.
 */
export const candleSteps = operator({
  name: 'candle_steps',
  family: 'pattern',
  version: 1,
  summary: 'Colour of a candle and its place against the one before, as bits',
  formula: 'sum of 2^k over the conditions of traits.ts that hold and need no average',
  source: 'TA-Lib, conditions of the candlestick patterns',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 1,
  memory: () => ({ class: 'finite', rows: 2 }),
  nan: 'window',
  history: () => 1,
  slots: () => 0,
  run: ({ in: { 0: open, 1: high, 2: low, 3: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const o = open[i];
      const h = high[i];
      const l = low[i];
      const c = close[i];
      const open1 = open[i - 1];
      const high1 = high[i - 1];
      const low1 = low[i - 1];
      const close1 = close[i - 1];
      const sum = o + h + l + c + open1 + high1 + low1 + close1;
      // With a NaN the sum is one, and with infinite prices it may be.
      if (sum !== sum) {
        const known = o === o && h === h && l === l && c === c;
        if (!known || open1 !== open1 || high1 !== high1 || low1 !== low1 || close1 !== close1) {
          out[i] = NaN;
          continue;
        }
      }
      // Of comparisons, without a choice: these come out either way, and a wrong guess costs more than all of them. The bits are
      // those of traits.ts, as numbers: a name would be looked up and multiplied by at every use, which takes twice as long.
      const openUp = +(o > open1);
      const openDown = +(o < open1);
      const closeUp = +(c > close1);
      const closeDown = +(c < close1);
      const openOver = +(o > close1);
      const openUnder = +(o < close1);
      const closeOver = +(c > open1);
      const closeUnder = +(c < open1);
      out[i] =
        (+(c >= o) << 0) | // WHITE
        (+(c < o) << 1) | // BLACK
        ((openUp & openOver & closeUp & closeOver) << 16) | // GAP_UP
        ((openDown & openUnder & closeDown & closeUnder) << 17) | // GAP_DOWN
        (openUp << 18) | // OPEN_UP
        (openDown << 19) | // OPEN_DOWN
        (closeUp << 20) | // CLOSE_UP
        (closeDown << 21) | // CLOSE_DOWN
        (+(h > high1) << 22) | // HIGH_UP
        (+(h < high1) << 23) | // HIGH_DOWN
        (+(l > low1) << 24) | // LOW_UP
        (+(l < low1) << 25) | // LOW_DOWN
        (openOver << 26) | // OPEN_OVER_CLOSE
        (openUnder << 27) | // OPEN_UNDER_CLOSE
        (closeOver << 28) | // CLOSE_OVER_OPEN
        (closeUnder << 29); // CLOSE_UNDER_OPEN;
    }
  },
  instruction: { name: 'candle_steps' },
});
