/** Whole configurations by name. */
import { spotPerpetual } from './spot-perpetual.ts';
import type { ConfigInput } from './schema.ts';

const dollarBars = [{ preset: 'bars' }, { preset: 'dollar' }];
const timeBars = [{ preset: 'bars' }, { preset: 'time' }];

/**
 * To begin with: some seventy columns, nearly all of them free of the price level, that are warm within hours. Windows of the slow
 * clocks are finite or short, since nothing makes a row wait like a slow average of slow bars.
 */
const starter: ConfigInput = {
  clocks: {
    short: { bars: 'dollar', threshold: 500_000, suffix: '_db_s' },
    medium: { from: 'short', count: 10, suffix: '_db_m' },
    '1min': { bars: 'time', every: '1min', suffix: '_tb_1min' },
    '5min': { bars: 'time', every: '5min', suffix: '_tb_5min' },
  },
  drive: 'short',
  ready: { tolerance: 1e-3 },
  features: {
    short: [
      'close',
      'num_ticks',
      'trade_imbalance',
      'duration_seconds',
      { preset: 'prices' },
      { preset: 'rolling' },
      'rsi(close, 14)',
      'macd(close, 12, 26, 9)',
      'stoch(high, low, close, 14, 3, 3)',
      'close / sma(close, 20) - 1 as distance_from_mean_20',
    ],
    medium: [
      'trade_imbalance',
      'duration_seconds',
      'log_return(close) as log_return_close',
      '(high - low) / low as high_low_pct',
      'rsi(close, 7)',
      'roc(close, 10)',
      { preset: 'volatility' },
    ],
    '1min': [
      'num_ticks',
      'trade_imbalance',
      { preset: 'prices' },
      'rsi(close, 14)',
      'natr(high, low, close, 14)',
      { preset: 'volatility' },
    ],
    '5min': [
      'trade_imbalance',
      'log_return(close) as log_return_close',
      '(high - low) / low as high_low_pct',
      'roc(close, 12)',
      'willr(high, low, close, 14)',
      'mfi(high, low, close, volume, 14)',
      { preset: 'volatility' },
      'cycle_sin(hour_of_day(available_at), 24) as time_hour_sin',
      'cycle_cos(hour_of_day(available_at), 24) as time_hour_cos',
    ],
  },
  label: { method: 'fixed', target: 0.002, stop: 0.001, limit: '10min', delay: '500ms' },
  sequence: { length: 1 },
  // The price itself says which day it is, and nothing else that a model could use on another.
  selection: { exclude: ['close_db_s'] },
  transform: { scale: 'robust' },
  model: { kind: 'trees', rounds: 200, minRows: 100, learningRate: 0.05, calibration: 'isotonic' },
};

/** Configurations by name, for `createEngine` and `--config`. */
export const presets: Readonly<Record<string, ConfigInput>> = {
  starter,
  'spot-perpetual': spotPerpetual,
  minotaur: {
    clocks: {
      short: { bars: 'dollar', threshold: 2_000_000, suffix: '_db_s' },
      medium: { from: 'short', count: 10, suffix: '_db_m' },
      long: { from: 'medium', count: 16, suffix: '_db_l' },
      '1min': { bars: 'time', every: '1min', suffix: '_tb_1min' },
      '15min': { bars: 'time', every: '15min', suffix: '_tb_15min' },
      '4hour': { bars: 'time', every: '4hour', suffix: '_tb_4hour' },
    },
    drive: 'short',
    // Three averages of 4hour would be waited for 226 days, or 455 to the usual 1e-9; the rest of it takes 57.
    ready: { tolerance: 1e-3, ignore: ['ema_100_tb_4hour', 'ema_200_tb_4hour', 'adx_20_tb_4hour'] },
    features: {
      short: dollarBars,
      medium: dollarBars,
      long: dollarBars,
      '1min': timeBars,
      '15min': timeBars,
      '4hour': timeBars,
    },
  },
};
