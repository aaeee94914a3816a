import { operator } from '../../contract/operator.ts';

/** Slots: whether a row has been seen, both bands, the side, the last close. */
const SEEN = 0;
const UPPER = 1;
const LOWER = 2;
const SIDE = 3;
const CLOSE = 4;

/**
 * Band that trails the price: below it in a rising trend, where it never falls, above it in a falling one, where it never rises, until a
 * close beyond it turns the trend. A band is let go where the close before was beyond it. Begins with a rising trend. A row with NaN
 * is skipped.
 *
 * Cost: 6 ns a row.
 */
export const trailingBand = operator({
  name: 'trailing_band',
  family: 'overlap',
  version: 1,
  summary: 'Band that trails the price, and its side: 1 below the price and -1 above it',
  formula:
    'lower = max(middle - multiplier * width, lower[i-1]), or without the latter if close[i-1] < lower[i-1]; upper alike',
  source: 'last step of TA-Lib SUPERTREND',
  inputs: ['middle', 'close', 'width'],
  outputs: ['band', 'side'],
  params: [{ name: 'multiplier', min: 0, max: 1e9, integer: false, meaning: 'widths from the middle to the band' }],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => 5,
  run: (
    { in: { 0: middles, 1: closes, 2: widths }, out: { 0: band, 1: sides }, params: { 0: multiplier }, state },
    from,
    to,
  ) => {
    let seen = state[SEEN];
    let upper = state[UPPER];
    let lower = state[LOWER];
    let side = state[SIDE];
    let last = state[CLOSE];
    for (let i = from; i < to; i++) {
      const middle = middles[i];
      const close = closes[i];
      const width = multiplier * widths[i];
      if (middle !== middle || close !== close || width !== width) {
        band[i] = sides[i] = NaN;
        continue;
      }
      if (seen === 0) {
        seen = side = 1;
        upper = middle + width;
        lower = middle - width;
      } else {
        if (middle + width < upper || last > upper) upper = middle + width;
        if (middle - width > lower || last < lower) lower = middle - width;
        if (side > 0 ? close < lower : close > upper) side = -side;
      }
      last = close;
      band[i] = side > 0 ? lower : upper;
      sides[i] = side;
    }
    state[SEEN] = seen;
    state[UPPER] = upper;
    state[LOWER] = lower;
    state[SIDE] = side;
    state[CLOSE] = last;
  },
});
