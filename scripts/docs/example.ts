/** A feature to show an operator with: an expression that runs on the bars of any clock made from trades. */
import { BAR_COLUMNS } from '../../packages/core/src/bars/bar.ts';
import { exampleParams } from '../../packages/core/src/features/contract/example.ts';
import type { Operator } from '../../packages/core/src/features/contract/operator.ts';

/** What stands for an input that is not named after a bar column. */
const SERIES: Readonly<Record<string, string>> = {
  x: 'close',
  y: 'volume',
  a: 'close',
  b: 'open',
  plus: 'plus_di(high, low, close, 14)',
  minus: 'minus_di(high, low, close, 14)',
  price: 'close',
  middle: 'sma(close, 20)',
  mean: 'sma(close, 14)',
  variance: 'var(close, 20)',
  threshold: '3 * rolling_std(log_return(close), 20)',
  length: 'hilbert(close, 32).smooth_period',
  phase: 'ht_dcphase(close)',
  inflow: 'taker_buy_volume',
  outflow: 'taker_sell_volume',
  x_rest: '0',
  y_rest: '0',
  before: 'lag(close, 10)',
  change: 'diff(close, 10)',
  path: 'sum(abs(diff(close, 1)), 10)',
  in_phase: 'hilbert(close, 12).in_phase',
  quadrature: 'hilbert(close, 12).quadrature',
  periods: '5 + 15 * (close > open)',
  pressure: 'buying_pressure(low, close)',
  range: 'trange(high, low, close)',
  bottom: 'min(low, 14)',
  top: 'max(high, 14)',
  strength: 'adx(high, low, close, 14)',
  fast: 'ema(close, 12)',
  slow: 'ema(close, 26)',
  level: 'max(close, 14)',
  age: 'aroon_place(high, low, 14).since_high',
  e3: 'ema(close, 3)',
  e4: 'ema(close, 4)',
  e5: 'ema(close, 5)',
  e6: 'ema(close, 6)',
  condition: 'close > open',
  part: 'diff(close, 1)',
  whole: 'abs(diff(close, 1))',
  width: 'atr(high, low, close, 14)',
};

/** Operators whose argument has a range that prices are not in. */
const UNIT = ['acos', 'asin', 'atan', 'cos', 'cosh', 'exp', 'sin', 'sinh', 'tan', 'tanh'];
const SPECIAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...Object.fromEntries(UNIT.map((name) => [name, { x: 'trade_imbalance' }])),
  divergence: { x: 'rsi(close, 14)' },
  clip: { x: 'rsi(close, 14)' },
  cusum_filter: { x: 'ln(close)' },
  cycle_sin: { x: 'hour_of_day(available_at)' },
  cycle_cos: { x: 'hour_of_day(available_at)' },
  entropy: { x: 'log_return(close)' },
  bipower_variation: { x: 'log_return(close)' },
};

/** Words between or before their operands. */
const WORDS: Readonly<Record<string, string>> = {
  and: 'close > open and volume > sma(volume, 14)',
  or: 'close > open or volume > sma(volume, 14)',
  not: 'not close > open',
};

/** `rsi(close, 14)`. */
export function exampleExpression(op: Operator): string {
  if (op.name in WORDS) return WORDS[op.name];
  const isColumn = (name: string): boolean => (BAR_COLUMNS as readonly string[]).includes(name);
  const inputs = op.inputs.map((name) => {
    const text = SPECIAL[op.name]?.[name] ?? (isColumn(name) ? name : SERIES[name]);
    if (text === undefined) throw new Error(`${op.name}: nothing to show its input ${name} with`);
    return text;
  });
  return `${op.name}(${[...inputs, ...exampleParams(op)].join(', ')})`;
}

/** The same as a line of a configuration; arithmetic has no name of its own. */
export function exampleFeature(op: Operator): string {
  const text = exampleExpression(op);
  return op.family === 'arithmetic' ? `${text} as ${op.name}_1` : text;
}
