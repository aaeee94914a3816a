import { fault, plantWrap } from '../fault.ts';
import { changeTrades } from '../wrap.ts';

/** Live times are whole milliseconds, those of history microseconds. */
export const millisecondsLive = fault({
  name: 'milliseconds-live',
  imitates: 'two APIs of the same exchange',
  plant: plantWrap(
    'live',
    changeTrades(({ time, length }) => {
      for (let i = 0; i < length; i++) time[i] -= time[i] % 1000;
    }),
  ),
});
