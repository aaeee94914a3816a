/** A run's warm-up in words. */
import type { ClockWarmup, WarmupReport } from '../../runs.ts';
import { count } from './figures.ts';

/** Columns without end that are named on the terminal; the manifest has all. */
const NAMED = 4;

/** What each clock needed and when it had it, line by line. */
export function warmupLines({ clocks, unbounded }: WarmupReport): string[] {
  const lines = clocks.map((one, i) => `${(i === 0 ? 'warm-up' : '').padEnd(10)}${clockLine(one)}`);
  if (unbounded.length === 0) return lines;
  const more = unbounded.length > NAMED ? ', ...' : '';
  const named = `${unbounded.slice(0, NAMED).join(', ')}${more}`;
  return [...lines, `unbounded ${unbounded.length} columns depend on the start for ever: ${named}`];
}

function clockLine({ clock, bars, rootBars, because, trades, seconds }: ClockWarmup): string {
  const made = rootBars === null ? '' : ` (${count(rootBars.bars)} of ${rootBars.clock})`;
  const why = because === null ? '' : ` for ${because}`;
  const when =
    trades === null ? 'not reached' : trades === 0 ? 'warm before' : `${count(trades)} trades, ${span(seconds ?? 0)}`;
  return `${clock} ${count(bars)} bars${made}${why}: ${when}`;
}

/** Seconds in the unit that a person would choose. */
function span(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  if (seconds < 7200) return `${(seconds / 60).toFixed(1)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} days`;
}
