import { operator } from '../../contract/operator.ts';

/**
 * What the candlestick patterns ask of one candle, as the bits of an integer: those of `candle_steps` and those that need an
 * average, see traits.ts. Computed once for all of them, so that a pattern tests several of these conditions at a time.
 *
 * Cost: about 15 ns a row, and that of the averages.
 */
export const candleTraits = operator({
  name: 'candle_traits',
  family: 'pattern',
  version: 2,
  summary: 'Colour, size, shadows and steps of a candle, as bits',
  formula: 'sum of 2^k over the conditions of traits.ts that hold',
  source: 'TA-Lib, candle settings',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 10,
  memory: () => ({ class: 'finite', rows: 11 }),
  nan: 'window',
  shared: [
    'sma(abs(sub(close, open)), 10)',
    'sma(sub(high, low), 10)',
    'sma(candle_shadows(open, high, low, close), 10)',
    'candle_steps(open, high, low, close)',
  ],
  rowsRead: () => [11, 11, 11, 11, 2, 2, 2, 1],
  history: () => 1,
  slots: () => 1,
  run: (io, from, to) => {
    const { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: ranges, 6: shadows, 7: steps } = io.in;
    const { 0: out } = io.out;
    // Rows without NaN up to now.
    let clean = io.state[0];
    for (let i = from; i < to; i++) {
      const o = open[i];
      const h = high[i];
      const l = low[i];
      const c = close[i];
      const average = bodies[i - 1];
      const tiny = 0.1 * ranges[i - 1];
      const short = shadows[i - 1] / 2;
      const known = average + tiny + short + steps[i];
      // Without a NaN there was none in 11 rows; with one there may be none, where prices are infinite.
      if (known === known) clean = 11;
      else {
        clean = o === o && h === h && l === l && c === c ? Math.min(clean + 1, 11) : 0;
        if (clean < 11) {
          out[i] = NaN;
          continue;
        }
      }
      const body = Math.abs(c - o);
      // A shadow is the smaller of two: below what one of them is below, above what both are above. So no comparison chooses,
      // for these come out either way, and a wrong guess costs more than all of them.
      const overOpen = h - o;
      const overClose = h - c;
      const underOpen = o - l;
      const underClose = c - l;
      const twice = 2 * body;
      out[i] =
        steps[i] |
        (+(body > average) << 2) | // LONG
        (+(body < average) << 3) | // SHORT
        (+(body <= average) << 4) | // SMALL
        (+(body <= tiny) << 5) | // DOJI
        ((+(overOpen < tiny) | +(overClose < tiny)) << 6) | // UPPER_NONE
        ((+(overOpen > tiny) & +(overClose > tiny)) << 7) | // UPPER_SOME
        ((+(overOpen < short) | +(overClose < short)) << 8) | // UPPER_SHORT
        ((+(overOpen > body) & +(overClose > body)) << 9) | // UPPER_LONG
        ((+(overOpen > twice) & +(overClose > twice)) << 10) | // UPPER_VERY_LONG
        ((+(underOpen < tiny) | +(underClose < tiny)) << 11) | // LOWER_NONE
        ((+(underOpen > tiny) & +(underClose > tiny)) << 12) | // LOWER_SOME
        ((+(underOpen < short) | +(underClose < short)) << 13) | // LOWER_SHORT
        ((+(underOpen > body) & +(underClose > body)) << 14) | // LOWER_LONG
        ((+(underOpen > twice) & +(underClose > twice)) << 15); // LOWER_VERY_LONG;
    }
    io.state[0] = clean;
  },
  instruction: { name: 'candle_traits' },
});
