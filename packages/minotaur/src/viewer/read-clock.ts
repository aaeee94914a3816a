/** The bars of a clock, as a run left them. */
import { readClockBars } from '../store/bars.ts';
import { CLOCK_COLUMNS, clockOf, type ViewedClock } from './clock.ts';

export async function readClock(
  directory: string,
  name: string,
  rows: { readonly time: Float64Array; readonly drive: boolean },
): Promise<ViewedClock> {
  return clockOf(name, await readClockBars(directory, name, CLOCK_COLUMNS), rows);
}
