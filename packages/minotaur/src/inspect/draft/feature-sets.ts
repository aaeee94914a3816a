/** Features of a configuration to begin with: those of the preset `starter`, or fewer that need less history. */
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { presets } from 'minotaur-core/internal/config/presets';

/** The clocks of a draft: short and medium dollar bars, fast and slow time bars. */
type DraftClock = 'short' | 'medium' | 'fast' | 'slow';

type Features = NonNullable<ConfigInput['features']>[string];

export interface FeatureSet {
  readonly name: 'starter' | 'brief' | 'least';
  readonly features: Readonly<Record<DraftClock, Features>>;
  /** Short bars of a medium one. */
  readonly count: number;
  /** Trades of a short bar, at the least, for its features to say anything. */
  readonly leastTrades: number;
  readonly tolerance: number;
}

const starterFeatures = presets['starter'].features ?? {};

const starter: FeatureSet = {
  name: 'starter',
  features: {
    short: starterFeatures['short'],
    medium: starterFeatures['medium'],
    fast: starterFeatures['1min'],
    slow: starterFeatures['5min'],
  },
  count: 10,
  leastTrades: 10,
  tolerance: 1e-3,
};

const change = 'log_return(close) as log_return_close';
const range = '(high - low) / low as high_low_pct';

/** Windows of ten rows, which end: no average that fades. */
const brief: FeatureSet = {
  name: 'brief',
  features: {
    short: [
      'close',
      'num_ticks',
      'trade_imbalance',
      'duration_seconds',
      { preset: 'prices' },
      'roc(close, 5)',
      'willr(high, low, close, 10)',
      'rolling_std(log_return(close), 10) as volatility_10',
      'rolling_mean(trade_imbalance, 10) as trade_imbalance_mean_10',
      'close / sma(close, 10) - 1 as distance_from_mean_10',
    ],
    medium: ['trade_imbalance', 'duration_seconds', change, range, 'roc(close, 3)'],
    fast: ['num_ticks', 'trade_imbalance', change, range, 'rolling_std(log_return(close), 10) as volatility_10'],
    slow: ['trade_imbalance', change, range, 'roc(close, 3)', 'willr(high, low, close, 5)'],
  },
  count: 5,
  leastTrades: 6,
  tolerance: 1e-3,
};

/** Of some hundred trades. */
const least: FeatureSet = {
  name: 'least',
  features: {
    short: ['close', 'num_ticks', 'trade_imbalance', 'duration_seconds', change, range, 'roc(close, 3)'],
    medium: ['trade_imbalance', change, range],
    fast: ['num_ticks', 'trade_imbalance', change],
    slow: [change, range],
  },
  count: 3,
  leastTrades: 2,
  tolerance: 1e-3,
};

/** The richest first. */
export const FEATURE_SETS: readonly FeatureSet[] = [starter, brief, least];
