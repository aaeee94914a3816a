import { operator, period } from '../../contract/operator.ts';

/**
 * Intraday momentum index: the share of rising bodies in all bodies of the window; 50 where all bodies are empty, as in
 * TA-Lib 0.8 (0.6 had no value there). The window is summed anew in each row: bodies and their sizes, which is the same
 * without a branch that nothing could predict.
 *
 * Cost: 1 ns per row of the window.
 */
export const imi = operator({
  name: 'imi',
  family: 'momentum',
  version: 3,
  summary: 'Intraday momentum index, 0 to 100',
  formula:
    '100 * up / (up + down), sums over period rows of close - open where above 0 and of open - close elsewhere; 50 where both are 0',
  source: 'Chande, Kroll: The New Technical Trader (1994); TA-Lib IMI',
  inputs: ['open', 'close'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: open, 1: close }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      // Twice the rises, without a branch that nothing could predict.
      let rises = 0;
      let all = 0;
      for (let k = i - n + 1; k <= i; k++) {
        const body = close[k] - open[k];
        const size = Math.abs(body);
        rises += body + size;
        all += size;
      }
      out[i] = all === 0 ? 50 : 50 * (rises / all);
    }
  },
});
