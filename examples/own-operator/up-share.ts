import { operator, period } from 'minotaur';

/** How many of the last `period` bars closed above their open, as a share. */
export const upShare = operator({
  name: 'up_share',
  family: 'own',
  version: 1,
  summary: 'Share of bars that closed above their open',
  formula: 'count(close > open, last period bars) / period',
  source: 'example',
  inputs: ['open', 'close'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n = 1]) => n - 1,
  memory: ([n = 1]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n = 1]) => n - 1,
  slots: () => 0,
  run: (io, from, to) => {
    // As declared above; a compiler that checks every index cannot know it.
    const [open, close] = io.in as readonly [Float64Array, Float64Array];
    const [out] = io.out as readonly [Float64Array];
    const [n] = io.params as readonly [number];
    for (let i = from; i < to; i++) {
      let up = 0;
      for (let k = i - n + 1; k <= i; k++) {
        const rise = (close[k] ?? NaN) - (open[k] ?? NaN);
        // NaN has to come through: a comparison alone would count it as a bar that did not rise.
        up += rise > 0 ? 1 : 0 * rise;
      }
      out[i] = up / n;
    }
  },
});
