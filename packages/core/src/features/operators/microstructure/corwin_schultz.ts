import { composite, period } from '../../contract/operator.ts';

/**
 * Spread as a share of the price from highs and lows: the range of two bars grows with time, the spread in it does not. Negative estimates count as 0; no adjustment for closed markets.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const corwinSchultz = composite({
  name: 'corwin_schultz',
  family: 'microstructure',
  version: 1,
  summary: 'Corwin-Schultz spread',
  formula:
    'mean of 2 (e^a - 1) / (1 + e^a), a = (sqrt(2 b) - sqrt(b)) / (3 - 2 sqrt 2) - sqrt(g / (3 - 2 sqrt 2)), b, g: squared log ranges of two bars, one by one and as one',
  source: 'Corwin, Schultz: A Simple Way to Estimate Bid-Ask Spreads from Daily High and Low Prices (2012)',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [period(1, 'pairs of bars in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'a price is not positive',
  expand: [
    'sma(where(((sqrt(2 * (log(high / low) * log(high / low) + lag(log(high / low) * log(high / low), 1))) - sqrt((log(high / low) * log(high / low) + lag(log(high / low) * log(high / low), 1)))) / 0.1715728752538099 - sqrt(log(max(high, 2) / min(low, 2)) * log(max(high, 2) / min(low, 2)) / 0.1715728752538099)) > 0, 2 * (exp(((sqrt(2 * (log(high / low) * log(high / low) + lag(log(high / low) * log(high / low), 1))) - sqrt((log(high / low) * log(high / low) + lag(log(high / low) * log(high / low), 1)))) / 0.1715728752538099 - sqrt(log(max(high, 2) / min(low, 2)) * log(max(high, 2) / min(low, 2)) / 0.1715728752538099))) - 1) / (exp(((sqrt(2 * (log(high / low) * log(high / low) + lag(log(high / low) * log(high / low), 1))) - sqrt((log(high / low) * log(high / low) + lag(log(high / low) * log(high / low), 1)))) / 0.1715728752538099 - sqrt(log(max(high, 2) / min(low, 2)) * log(max(high, 2) / min(low, 2)) / 0.1715728752538099))) + 1), 0), period)',
  ],
});
