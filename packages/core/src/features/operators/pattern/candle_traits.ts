import { operator } from '../../contract/operator.ts';
import {
  DOJI,
  LONG,
  LOWER_LONG,
  LOWER_NONE,
  LOWER_SHORT,
  LOWER_SOME,
  LOWER_VERY_LONG,
  SHORT,
  SMALL,
  UPPER_LONG,
  UPPER_NONE,
  UPPER_SHORT,
  UPPER_SOME,
  UPPER_VERY_LONG,
} from '../../kernels/traits.ts';

/**
 * What the candlestick patterns ask of one candle, as the bits of an integer: those of `candle_steps` and those that need an
 * average, see traits.ts. Computed once for all of them, so that a pattern tests several of these conditions at a time.
 *
 * Cost: about 25 ns a row, and that of the averages.
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
      clean = o === o && h === h && l === l && c === c ? Math.min(clean + 1, 11) : 0;
      if (clean < 11) {
        out[i] = NaN;
        continue;
      }
      const rises = c >= o;
      const top = rises ? c : o;
      const bottom = rises ? o : c;
      const body = Math.abs(c - o);
      const upper = h - top;
      const lower = bottom - l;
      const average = bodies[i - 1];
      const tiny = 0.1 * ranges[i - 1];
      const short = shadows[i - 1] / 2;
      // Sums of products rather than choices: these comparisons come out either way, and a wrong guess costs more.
      out[i] =
        steps[i] |
        (+(body > average) * LONG) |
        (+(body < average) * SHORT) |
        (+(body <= average) * SMALL) |
        (+(body <= tiny) * DOJI) |
        (+(upper < tiny) * UPPER_NONE) |
        (+(upper > tiny) * UPPER_SOME) |
        (+(upper < short) * UPPER_SHORT) |
        (+(upper > body) * UPPER_LONG) |
        (+(upper > 2 * body) * UPPER_VERY_LONG) |
        (+(lower < tiny) * LOWER_NONE) |
        (+(lower > tiny) * LOWER_SOME) |
        (+(lower < short) * LOWER_SHORT) |
        (+(lower > body) * LOWER_LONG) |
        (+(lower > 2 * body) * LOWER_VERY_LONG);
    }
    io.state[0] = clean;
  },
});
