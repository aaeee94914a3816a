/** Features over bars that somebody made, to begin with: of prices and volume, which all of them have, and of what else the files have. */
import type { ConfigInput } from 'minotaur-core/internal/config/config';

type Features = NonNullable<ConfigInput['features']>[string];

/** Features of a draft over bars: the same names as those of drafts over trades. */
export interface BarSet {
  readonly name: 'starter' | 'brief' | 'least';
  readonly features: Readonly<Record<'given' | 'slow' | 'slowest', Features>>;
  readonly tolerance: number;
}

const change = 'log_return(close) as log_return_close';
const range = '(high - low) / low as high_low_pct';
const body = '(close - open) / open as price_change_pct';
const amount = 'log1p(volume) as volume_log';

const starter: BarSet = {
  name: 'starter',
  features: {
    given: [
      'close',
      amount,
      change,
      body,
      range,
      '(close - high) / high as close_vs_high_pct',
      '(close - low) / low as close_vs_low_pct',
      'rsi(close, 14)',
      'macd(close, 12, 26, 9)',
      'stoch(high, low, close, 14, 3, 3)',
      'natr(high, low, close, 14)',
      'close / sma(close, 20) - 1 as distance_from_mean_20',
      'log1p(volume) - log1p(sma(volume, 20)) as volume_vs_mean_20',
      { preset: 'volatility' },
    ],
    slow: [change, range, 'rsi(close, 7)', 'roc(close, 10)', { preset: 'volatility' }],
    slowest: [
      change,
      range,
      'roc(close, 12)',
      'willr(high, low, close, 14)',
      'cycle_sin(hour_of_day(available_at), 24) as time_hour_sin',
      'cycle_cos(hour_of_day(available_at), 24) as time_hour_cos',
    ],
  },
  tolerance: 1e-3,
};

/** Windows of ten rows, which end: no average that fades. */
const brief: BarSet = {
  name: 'brief',
  features: {
    given: [
      'close',
      amount,
      change,
      body,
      range,
      'roc(close, 5)',
      'willr(high, low, close, 10)',
      'rolling_std(log_return(close), 10) as volatility_10',
      'close / sma(close, 10) - 1 as distance_from_mean_10',
      'log1p(volume) - log1p(sma(volume, 10)) as volume_vs_mean_10',
    ],
    slow: [change, range, 'roc(close, 3)', 'rolling_std(log_return(close), 5) as volatility_5'],
    slowest: [change, range, 'roc(close, 3)'],
  },
  tolerance: 1e-3,
};

/** Of some dozens of bars. */
const least: BarSet = {
  name: 'least',
  features: {
    given: ['close', amount, change, body, range, 'roc(close, 3)'],
    slow: [change, range],
    slowest: [change],
  },
  tolerance: 1e-3,
};

/** The richest first. */
export const BAR_SETS: readonly BarSet[] = [starter, brief, least];

/** Features of columns that not every file has. */
const OF_COLUMNS: readonly (readonly [column: string, feature: string])[] = [
  ['num_ticks', 'log1p(num_ticks) as num_ticks_log'],
  ['taker_buy_volume', 'where(volume > 0, 2 * taker_buy_volume / volume - 1, 0) as taker_imbalance'],
];

/** Those of the bars themselves. */
export const barFeatures = ({ features }: BarSet, columns: readonly string[]): Features => [
  ...features.given,
  ...OF_COLUMNS.flatMap(([column, feature]) => (columns.includes(column) ? [feature] : [])),
];
