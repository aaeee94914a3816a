/** A run's warm-up in words. */
import { duration } from 'minotaur-core/internal/base/figures';
import type {
  ClockForecast,
  ClockWarmup,
  Manifest,
  RowsWarmupReport,
  WarmupForecast,
  WarmupReport,
} from '../../runs.ts';
import { count } from './figures.ts';

/** Columns without end that are named on the terminal; the manifest has all. */
const NAMED = 4;

/** What each clock needed and when it had it, line by line. */
export function warmupLines({ clocks, rows, unbounded, ignored }: WarmupReport): string[] {
  const lines = clocks.map((one, i) => `${(i === 0 ? 'warm-up' : '').padEnd(10)}${clockLine(one)}`);
  if (rows !== undefined) lines.push(`${' '.repeat(10)}${rowsLine(rows)}: ${readyLine(rows)}`);
  if (ignored.length > 0) lines.push(`ignored   ${ignored.length} columns are not waited for: ${ignored.join(', ')}`);
  if (unbounded.length === 0) return lines;
  const more = unbounded.length > NAMED ? ', ...' : '';
  const named = `${unbounded.slice(0, NAMED).join(', ')}${more}`;
  return [...lines, `unbounded ${unbounded.length} columns depend on the start for ever: ${named}`];
}

/** What makes rows ready sooner. */
const MENDS = 'more history, a coarser ready.tolerance, or slow columns in ready.ignore';

/** What each clock will need, before a run, and whether the files are long enough for it. */
export function forecastLines({ clocks, rows, spanSeconds, tooShortFor }: WarmupForecast): string[] {
  const lines = clocks.map((one, i) => `${(i === 0 ? 'needs' : '').padEnd(10)}${expectedLine(one)}`);
  if (rows !== undefined) lines.push(`${' '.repeat(10)}${rowsLine(rows)}`);
  if (spanSeconds === null || tooShortFor.length === 0) return lines;
  const columns = clocks.flatMap(({ clock, because }) => (tooShortFor.includes(clock) && because ? [because] : []));
  const mends = columns.length === 0 ? 'more history, or lower thresholds' : `${MENDS} (${columns.join(', ')})`;
  return [
    ...lines,
    `no row will be ready: the files span about ${duration(spanSeconds)}, too little for ${tooShortFor.join(', ')}`,
    `          what would mend it: ${mends}`,
  ];
}

/** `rows: 30 rows for corr_30, once every clock is warm`. */
function rowsLine({ rows, because }: { readonly rows: number; readonly because: string | null }): string {
  const why = because === null ? '' : ` for ${because}`;
  return `rows ${count(rows)} rows${why}, once every clock is warm`;
}

function readyLine({ readyAfter }: RowsWarmupReport): string {
  return readyAfter === null ? 'not reached' : `the first ready row follows ${count(readyAfter)} others`;
}

function expectedLine({ clock, bars, because, seconds, trades, turnover }: ClockForecast): string {
  if (bars === 0) return `${clock} no more bars: warm before`;
  const typically = [
    ...(seconds === null ? [] : [`about ${duration(seconds)}`]),
    ...(trades === null ? [] : [`${count(trades)} trades`]),
    ...(turnover === null ? [] : [`turnover ${count(turnover)}`]),
  ];
  const why = because === null ? '' : ` for ${because}`;
  return `${clock} ${count(bars)} bars${why}${typically.length === 0 ? '' : `: ${typically.join(', ')}`}`;
}

/** After a run without a ready row, or without any: what was missing, and what would mend it. */
export function coldLines({ rows, readyRows, bars }: Manifest['counts'], warmup: WarmupReport): string[] {
  const { clocks } = warmup;
  if (readyRows > 0) return [];
  if (rows === 0) return ['no row came of it: the clock that drives has closed no bar'];
  const cold = clocks.filter(({ trades }) => trades === null);
  const missing = cold.map(({ clock, bars: needed }) => `${clock} has ${count(bars[clock])} of ${count(needed)} bars`);
  if (cold.length === 0 && warmup.rows !== undefined) missing.push(`too few for ${rowsLine(warmup.rows)}`);
  if (missing.length === 0) return [];
  return [`no row is ready: ${missing.join(', ')}`, `          what would mend it: ${MENDS}`];
}

function clockLine({ clock, bars, rootBars, because, trades, seconds }: ClockWarmup): string {
  const made = rootBars === null ? '' : ` (${count(rootBars.bars)} of ${rootBars.clock})`;
  const why = because === null ? '' : ` for ${because}`;
  const when =
    trades === null
      ? 'not reached'
      : trades === 0
        ? 'warm before'
        : `${count(trades)} trades, ${duration(seconds ?? 0)}`;
  return `${clock} ${count(bars)} bars${made}${why}: ${when}`;
}
