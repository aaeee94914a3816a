import { ema } from '../overlap/ema.ts';
import { sma } from '../overlap/sma.ts';
import { operator, period } from '../operator.ts';
import { averageMemory, averageType, checkAverageTypes, SIMPLE } from './average-type.ts';

/**
 * Moving average of a type that is a parameter: the values of `sma` and `ema`. An exponential average can be seeded
 * late, so that its first value comes in row `begin`, as TA-Lib does it for the shorter of two averages; it skips
 * rows with NaN, and a period of 1 is the value itself. The slots are those of the average, the last one counts the values
 * passed over before its seed.
 *
 * Cost: that of `sma` or `ema`.
 */
export const movingAverage = operator({
  name: 'moving_average',
  family: 'momentum',
  version: 1,
  summary: 'Moving average of a chosen type',
  formula: 'sma(x, period) or ema(x, period), the latter seeded by the last period of the first begin values',
  source: 'TA-Lib MA, types 0 and 1; seed of TA-Lib MACD',
  inputs: ['x'],
  outputs: ['value'],
  params: [
    period(1),
    averageType(),
    { ...period(1, 'row of the first value of an exponential average', 'begin'), default: 1 },
  ],
  lookback: ([n, type, begin]) => (type === SIMPLE || n === 1 ? n : Math.max(n, begin)) - 1,
  memory: ([n, type, begin]) => averageMemory(n, type, begin),
  nan: 'window',
  history: ([n, type]) => (type === SIMPLE || n === 1 ? sma.history([n]) : 0),
  slots: ([n, type]) => (type === SIMPLE || n === 1 ? sma.slots() : ema.slots([n])) + 1,
  check: ([, type]) => checkAverageTypes(type),
  run: (io, from, to) => {
    const {
      in: { 0: x },
      out: { 0: out },
      params: { 0: n, 1: type, 2: begin },
      state,
    } = io;
    if (type === SIMPLE || n === 1) {
      sma.run(io, from, to);
      return;
    }
    const last = state.length - 1;
    let i = from;
    for (; i < to && state[last] < begin - n; i++) {
      out[i] = NaN;
      if (x[i] === x[i]) state[last]++;
    }
    ema.run(io, i, to);
  },
});
