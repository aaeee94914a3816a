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
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: open, 1: close }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      let up = 0;
      for (let k = i - n + 1; k <= i; k++) {
        // NaN has to come through: a comparison alone would count it as a bar that did not rise.
        up += close[k] - open[k] > 0 ? 1 : 0 * (close[k] - open[k]);
      }
      out[i] = up / n;
    }
  },
});
