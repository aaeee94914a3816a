/**
 * Named groups of features, as `preset: name` in a configuration takes them. Names, parameters and order are part of
 * every schema that uses them.
 */
import { BAR_FEATURES } from '../bars/bar.ts';

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
  'hour_of_day(availableAt) as time_hour_of_day',
  'day_of_week(availableAt) as time_day_of_week',
  'day_of_month(availableAt) as time_day_of_month',
  'week_of_year(availableAt) as time_week_of_year',
  'month_of_year(availableAt) as time_month_of_year',
  'is_weekend(availableAt) as time_is_weekend',
  'cycle_sin(hour_of_day(availableAt), 24) as time_hour_sin',
  'cycle_cos(hour_of_day(availableAt), 24) as time_hour_cos',
  'cycle_sin(day_of_week(availableAt), 7) as time_day_of_week_sin',
  'cycle_cos(day_of_week(availableAt), 7) as time_day_of_week_cos',
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

/** `bars` stands for all bar columns that the clock has; the pipeline adds them, since bars of bars have one more. */
export const groups: Readonly<Record<string, readonly string[]>> = {
  bars: BAR_FEATURES.filter((name) => name !== 'constituent_bar_count'),
  prices: [...timeLogs, ...returns, ...shape],
  indicators,
  volatility,
  calendar,
  lags,
  rolling,
  dollar: [...dollarLogs, ...returns, ...shape, ...indicators, ...volatility, ...calendar, ...lags, ...rolling],
};
