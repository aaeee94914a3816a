/** An example of each section of a configuration. A test parses them, within a configuration that has what they speak of. */
export const configurationExamples: Readonly<Record<string, string>> = {
  symbol: 'symbol: BTCUSDT',
  instruments: `
instruments:
  perp: { venue: binance-usdm, symbol: BTCUSDT }
  spot: { venue: binance-spot, symbol: BTCUSDT, latency: 250ms }`,
  calendars: `
calendars:
  nyse: { zone: America/New_York, open: '09:30', close: '16:00', holidays: ['2024-07-04'] }`,
  skew: 'skew: 60s',
  clocks: `
clocks:
  short:  { bars: dollar, threshold: 2000000, suffix: _db_s }
  medium: { from: short, count: 10, suffix: _db_m }
  1min:   { bars: time, every: 1min, suffix: _tb_1min }`,
  drive: 'drive: short',
  features: `
features:
  short:
    - rsi(close, 14)
    - ema(close, 12) as trend
    - (high - low) / low as high_low_pct
  1min:
    - preset: prices`,
  ready: 'ready: { tolerance: 0.001, ignore: [trend_db_s] }',
  trades: 'trades: { duplicates: drop, disorder: drop, reorder: { within: 2s } }',
  bars: 'bars: { invalid: drop }',
  input: `
input:
  columns: { date: Date, time: Time, price: Last, quantity: Size }
  zone: America/New_York`,
  data: `
data:
  trades: BTCUSDT-trades-2024-*.csv.gz`,
  label: 'label: { method: fixed, target: 0.002, stop: 0.001, limit: 10min }',
  split: 'split: { method: walkForward, folds: 5, train: 0.5 }',
  sequence: 'sequence: { length: 60, breakOn: { gap: 30min } }',
  model: 'model: { kind: trees, rounds: 200, minRows: 100, learningRate: 0.05, calibration: isotonic }',
  transform: 'transform: { scale: robust }',
  selection: "selection: { exclude: ['close_*'] }",
};
