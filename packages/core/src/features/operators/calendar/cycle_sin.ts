import { sin } from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Sine of a position in a cycle, so that its end lies beside its beginning: `cycle_sin(hour_of_day(available_at), 24)`.
 *
 * Cost: 1 ns a row where the position stays, 10 where it moves.
 */
export const cycleSin = operator({
  name: 'cycle_sin',
  family: 'calendar',
  version: 1,
  summary: 'Sine of a position in a cycle',
  formula: 'sin(2 * pi * x[i] / length)',
  source: 'plain',
  inputs: ['x'],
  outputs: ['value'],
  params: [
    {
      name: 'length',
      min: 1e-9,
      max: Number.MAX_VALUE,
      integer: false,
      meaning: 'length of the cycle, in the unit of x',
    },
  ],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: length } }, from, to) => {
    let last = NaN;
    let value = NaN;
    for (let i = from; i < to; i++) {
      // An hour, a day, a month has many rows. 0 and -0 would be taken for each other.
      if (x[i] !== last || last === 0) {
        last = x[i];
        value = sin((2 * Math.PI * last) / length);
      }
      out[i] = value;
    }
  },
  instruction: { name: 'cycle_sin' },
});
