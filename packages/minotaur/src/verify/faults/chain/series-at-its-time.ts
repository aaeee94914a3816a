import { fault, plantWrap } from '../fault.ts';
import { knownSeries } from '../known-series.ts';

/** A row of a series counts from what it is of, not from when it became known. */
export const seriesAtItsTime = fault({
  name: 'series-at-its-time',
  imitates: 'open interest joined on its time stamp, which the venue published later',
  series: true,
  plant: plantWrap(
    'both',
    knownSeries(({ time }) => time),
  ),
});
