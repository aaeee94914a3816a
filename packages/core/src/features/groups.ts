/**
 * Named groups of features, as `preset: name` in a configuration takes them. Names, parameters and order are part of
 * every schema that uses them.
 */
import { BAR_FEATURES } from '../bars/bar.ts';
import { operators } from './catalogue.gen.ts';

/** Dollar bars and time bars have different names for the same thing, as their users do. */
const dollarLogs = ['log1p(volume) as volume_log', 'log1p(dollar_volume) as dollar_volume_log'];
const timeLogs = ['log1p(volume) as volume_log', 'log1p(dollar_volume) as quote_volume_log'];

const returns = [
  'log_return(close) as log_return_close',
  'log_return(high) as log_return_high',
  'log_return(low) as log_return_low',
];

const shape = [
  '(close - open) / open as price_change_pct',
  '(high - low) / low as high_low_pct',
  '(close - high) / high as close_vs_high_pct',
  '(close - low) / low as close_vs_low_pct',
  'where(high == low, 0, abs(open - close) / (high - low)) as body_vs_range',
  'where(high == low, 0, 1 - abs(open - close) / (high - low)) as wick_vs_range',
];

const indicators = [
  'sma(close, 10)',
  'sma(close, 20)',
  'ema(close, 10)',
  'rsi(close, 14)',
  'macd(close, 12, 26, 9)',
  'adx(high, low, close, 14)',
  'plus_di(high, low, close, 14)',
  'minus_di(high, low, close, 14)',
  'stoch(high, low, close, 5, 3, 3)',
  'obv(close, volume) as obv',
  'atr(high, low, close, 14)',
  'bbands(close, 20, 2, 2) as bbands_upper_20, bbands_middle_20, bbands_lower_20',
  'cci(high, low, close, 14)',
  'mfi(high, low, close, volume, 14)',
  'roc(close, 10)',
  'ultosc(high, low, close, 7, 14, 28) as ultosc',
  'willr(high, low, close, 14)',
  'sma(volume, 20) as volume_sma_20',
];

const volatility = [
  'rolling_std(log_return(close), 20) as volatility_log_returns_20',
  'rolling_std(log(high / low), 20) as volatility_hl_log_returns_20',
];

const calendar = [
  'hour_of_day(available_at) as time_hour_of_day',
  'day_of_week(available_at) as time_day_of_week',
  'day_of_month(available_at) as time_day_of_month',
  'week_of_year(available_at) as time_week_of_year',
  'month_of_year(available_at) as time_month_of_year',
  'is_weekend(available_at) as time_is_weekend',
  'cycle_sin(hour_of_day(available_at), 24) as time_hour_sin',
  'cycle_cos(hour_of_day(available_at), 24) as time_hour_cos',
  'cycle_sin(day_of_week(available_at), 7) as time_day_of_week_sin',
  'cycle_cos(day_of_week(available_at), 7) as time_day_of_week_cos',
];

const lags = [
  'lag(log_return(close), 1..3) as log_return_close_lag',
  'lag(log_return(close), 5) as log_return_close_lag_5',
  'lag(volume, 1..3) as volume_lag',
  'lag(close, 1..3) as close_lag',
];

const rolling = [
  'rolling_mean(log_return(close), 10) as log_return_close_rolling_mean_10',
  'rolling_std(log_return(close), 20) as log_return_close_rolling_std_20',
  'rolling_skew(log_return(close), 20) as log_return_close_rolling_skew_20',
  'rolling_kurt(log_return(close), 20) as log_return_close_rolling_kurt_20',
  'min(log_return(close), 20) as log_return_close_rolling_min_20',
  'max(log_return(close), 20) as log_return_close_rolling_max_20',
  'rolling_mean(trade_imbalance, 10) as trade_imbalance_rolling_mean_10',
  'rolling_std(trade_imbalance, 10) as trade_imbalance_rolling_std_10',
];

const each = (periods: readonly number[], text: (n: number) => string): string[] => periods.map(text);

const movingAverages = [
  ...each([10, 20, 50, 100, 200], (n) => `sma(close, ${n})`),
  ...each([10, 12, 20, 26, 50, 100, 200], (n) => `ema(close, ${n})`),
  ...each([20, 50], (n) => `sma(volume, ${n}) as volume_sma_${n}`),
];

const oscillators = [
  ...[7, 14, 21].flatMap((n) => [
    `rsi(close, ${n})`,
    `rsi(close, ${n}) > 70 as rsi_${n}_ob`,
    `rsi(close, ${n}) < 30 as rsi_${n}_os`,
    `rsi(close, ${n}) >= 30 and rsi(close, ${n}) <= 70 as rsi_${n}_neutral`,
  ]),
  'macd(close, 12, 26, 9)',
  ...each([14, 20], (n) => `adx(high, low, close, ${n})`),
  ...each([14, 20], (n) => `plus_di(high, low, close, ${n})`),
  ...each([14, 20], (n) => `minus_di(high, low, close, ${n})`),
  ...each([14, 20], (n) => `cci(high, low, close, ${n})`),
  ...each([14, 20], (n) => `mfi(high, low, close, volume, ${n})`),
  ...each([1, 5, 10, 20], (n) => `roc(close, ${n})`),
  'stoch(high, low, close, 14, 3, 3)',
  'stoch(high, low, close, 14, 3, 3).stoch_k > 80 as is_stoch_ob_80',
  'stoch(high, low, close, 14, 3, 3).stoch_k < 20 as is_stoch_os_20',
  'ultosc(high, low, close, 7, 14, 28) as ultosc',
  ...each([14, 28], (n) => `willr(high, low, close, ${n})`),
  'obv(close, volume)',
];

const ranges = [
  ...each([14, 20], (n) => `atr(high, low, close, ${n})`),
  ...each([14, 20], (n) => `natr(high, low, close, ${n})`),
  'bbands(close, 20, 2, 2) as bbands_upper_20, bbands_middle_20, bbands_lower_20',
  '(bbands(close, 20, 2, 2).upper - bbands(close, 20, 2, 2).lower) / bbands(close, 20, 2, 2).middle as bb_width_20',
  '(close - bbands(close, 20, 2, 2).lower) / (bbands(close, 20, 2, 2).upper - bbands(close, 20, 2, 2).lower) as bb_pct_b_20',
  ...each([10, 20, 30], (n) => `rolling_std(log_return(close), ${n}) as volatility_logret_${n}`),
];

const openCalendar = [
  ['hour', 'hour_of_day(open_time)', 24],
  ['day_of_week', 'day_of_week(open_time)', 7],
  ['month', 'month_of_year(open_time) - 1', 12],
].flatMap(([name, text, length]) => ['sin', 'cos'].map((f) => `cycle_${f}(${text}, ${length}) as ${name}_${f}`));

const timeHistory = [
  ...each([1, 2, 3, 5, 8], (n) => `lag(log_return(close), ${n}) as log_return_close_lag_${n}`),
  ...each([1, 2, 3, 5, 8], (n) => `lag(volume, ${n}) as volume_lag_${n}`),
  ...each([1, 2, 3], (n) => `lag(ofi, ${n}) as ofi_lag_${n}`),
  ...[20, 50].flatMap((n) =>
    ['skew', 'kurt'].map((stat) => `rolling_${stat}(log_return(close), ${n}) as log_return_close_rolling_${stat}_${n}`),
  ),
];

const cycles = ['ht_trendline(close)', 'ht_sine(close) as ht_sine, ht_leadsine'];

/** From adx 14 against 25 and ema 12 against ema 26. */
const regimes = [
  `regime(adx(high, low, close, 14), ema(close, 12), ema(close, 26)) as ${[
    'uptrend_strong',
    'downtrend_strong',
    'uptrend_weak',
    'downtrend_weak',
    'ranging',
  ]
    .map((name) => `regime_${name}`)
    .join(', ')}`,
];

const structure = [
  'divergence(high, low, rsi(close, 14)) as rsi_14_divergence_bullish, rsi_14_divergence_bearish',
  ...[50, 100].flatMap((window) =>
    [50, 100].map((bins) => {
      const names = ['poc', 'val', 'vah'].map((name) => `vp_${name}_${window}w_${bins}b`);
      return `volume_profile(high, low, volume, ${window}, ${bins}) as ${names.join(', ')}`;
    }),
  ),
];

/** Every candlestick pattern of the catalogue, by its TA-Lib name. */
const patterns = Object.values(operators)
  .filter((op) => op.family === 'pattern' && op.name.startsWith('cdl'))
  .map((op) => `${op.name}(open, high, low, close)`);

/** `bars` stands for all bar columns that the clock has; the pipeline adds them, since bars of bars have one more. */
export const groups: Readonly<Record<string, readonly string[]>> = {
  bars: BAR_FEATURES.filter((name) => name !== 'constituent_bar_count'),
  prices: [...timeLogs, ...returns, ...shape],
  indicators,
  volatility,
  calendar,
  lags,
  rolling,
  averages: movingAverages,
  oscillators,
  ranges,
  cycles,
  openCalendar,
  timeHistory,
  regimes,
  structure,
  patterns,
  dollar: [...dollarLogs, ...returns, ...shape, ...indicators, ...volatility, ...calendar, ...lags, ...rolling],
  time: [
    ...timeLogs,
    ...returns,
    ...shape,
    ...movingAverages,
    ...oscillators,
    ...ranges,
    ...cycles,
    ...openCalendar,
    ...timeHistory,
    ...regimes,
    ...structure,
    ...patterns,
  ],
};
