import { fault, plantWrap } from '../fault.ts';
import { knownSeries } from '../known-series.ts';

/** A row of a series counts from when it was published, not from when it could have arrived. */
export const seriesLatencyIgnored = fault({
  name: 'series-latency-ignored',
  imitates: 'a table of releases by the second of their publication',
  series: true,
  plant: plantWrap(
    'both',
    knownSeries((row, latency) => row.available_at - latency),
  ),
});
