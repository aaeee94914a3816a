import { composite, period } from '../../contract/operator.ts';

/**
 * Williams fractal as TA-Lib has it: 100 in the row that confirms a high above, or a low below, that of all bars on either side of it.
 * Of equal highs none is a fractal; `fractal_high` takes the first of them. It stands `right` bars before the flag.
 *
 * Cost: that of two `max` and two `min`, about 40 ns a row.
 */
export const fractal = composite({
  name: 'fractal',
  family: 'structure',
  version: 1,
  summary: 'Swing high and swing low, known right bars later: 100 or 0',
  formula: 'high[i-right] above all other highs of rows i-right-left to i; low[i-right] below all other lows of them',
  source: 'Williams: Trading Chaos (1995); TA-Lib FRACTAL',
  inputs: ['high', 'low'],
  outputs: ['swing_high', 'swing_low'],
  params: [period(1, 'bars before it', 'left'), period(1, 'bars after it', 'right')],
  lookback: ([left, right]) => left + right,
  memory: ([left, right]) => ({ class: 'finite', rows: left + right + 1 }),
  nan: 'window',
  expand: ([, right]) => [
    `100 * (lag(high, right) > lag(max(high, left), ${right + 1}) and lag(high, right) > max(high, right))`,
    `100 * (lag(low, right) < lag(min(low, left), ${right + 1}) and lag(low, right) < min(low, right))`,
  ],
});
