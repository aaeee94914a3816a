/**
 * A perpetual beside its spot market: a row with every dollar bar of the perpetual, some sixty columns free of the price level: each
 * market by itself, how far they are apart, how they move together, and which of them moves first.
 */

const market = [
  'close',
  'num_ticks',
  'trade_imbalance',
  'duration_seconds',
  { preset: 'prices' },
  { preset: 'volatility' },
  'rsi(close, 14)',
  'close / sma(close, 20) - 1 as distance_from_mean_20',
];
const of = ['close_perp', 'close_spot'] as const;

export const spotPerpetual = {
  instruments: {
    perp: { venue: 'binance-usdm', symbol: 'BTCUSDT' },
    spot: { venue: 'binance-spot', symbol: 'BTCUSDT', latency: '250ms' },
  },
  clocks: {
    perp: { of: 'perp', bars: 'dollar', threshold: 1_000_000, suffix: '_perp' },
    spot: { of: 'spot', bars: 'dollar', threshold: 250_000, suffix: '_spot' },
  },
  drive: 'perp',
  ready: { tolerance: 1e-3 },
  features: {
    perp: market,
    spot: market,
    rows: [
      { preset: 'spread', of, as: 'spread' },
      { preset: 'cross', of, as: 'cross' },
      'trade_imbalance_perp - trade_imbalance_spot as imbalance_gap',
      'sma(trade_imbalance_perp - trade_imbalance_spot, 20) as imbalance_gap_mean_20',
    ],
  },
  label: { method: 'fixed', target: 0.002, stop: 0.001, limit: '10min', delay: '500ms' },
  sequence: { length: 1 },
  // The prices themselves say which day it is.
  selection: { exclude: ['close_perp', 'close_spot'] },
  transform: { scale: 'robust' },
  model: { kind: 'trees', rounds: 200, minRows: 100, learningRate: 0.05, calibration: 'isotonic' },
} as const;
