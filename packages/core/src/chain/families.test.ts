import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../config/config.ts';
import { createPlan, familiesOf } from './plan.ts';

test('a feature is of the family of what says what it is; arithmetic and transforms of others are what they are made of', () => {
  const config = parseConfig({
    symbol: 'TEST',
    clocks: { short: { bars: 'dollar', threshold: 1000 } },
    features: {
      short: [
        'close',
        '(high - low) / low as range',
        'log_return(close)',
        'macd(close, 12, 26, 9)',
        'lag(rsi(close, 14), 1) as before',
        'natr(5) / 2 as half',
        'close / ema(close, 9) as over',
      ],
      rows: ['half_short - range_short as spread', 'sma(before_short, 3) as smooth', 'abs(range_short) as size'],
    },
  });
  assert.deepEqual(Object.fromEntries(familiesOf(createPlan(config))), {
    close_short: 'bars',
    range_short: 'bars',
    log_return_short: 'transform',
    macd_short: 'momentum',
    macd_signal_short: 'momentum',
    macd_hist_short: 'momentum',
    before_short: 'momentum',
    half_short: 'volatility',
    over_short: 'overlap',
    age_short: 'age',
    spread: 'volatility',
    smooth: 'overlap',
    size: 'bars',
  });
});
