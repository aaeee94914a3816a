/** Differences that begin anew: with every day or month, behind gaps, at disturbances of what goes in. */
import { MICROS_PER_DAY, MICROS_PER_HOUR } from 'minotaur-core/internal/base/time';
import { jumpsOf } from '../measures/jumps.ts';
import { apart, NOTHING, type Pattern, type Rows } from '../measures/pattern.ts';
import { medianOf } from '../measures/robust.ts';

/** The first rows of days by the clock of `zone`, an offset in microseconds. */
function isDayStart(row: number, { key }: Rows, offset: number): boolean {
  const day = (time: number): number => Math.floor((time - offset) / MICROS_PER_DAY);
  return row > 0 && day(key[row]) !== day(key[row - 1]);
}

const monthOf = (time: number): string => new Date(time / 1000).toISOString().slice(0, 7);

function everyHowMany(jumps: readonly number[]): number {
  const steps = Float64Array.from(jumps.slice(1), (row, i) => row - jumps[i]);
  if (steps.length < 4) return NaN;
  const middle = medianOf(steps.slice());
  return steps.every((step) => Math.abs(step - middle) <= Math.max(1, 0.05 * middle)) ? middle : NaN;
}

/** When the state was begun anew; undefined where it follows no rule. */
function ruleOf(jumps: readonly number[], rows: Rows): string | undefined {
  if (rows.isTime) {
    for (let hour = 0; hour < 24; hour++) {
      const offset = hour * MICROS_PER_HOUR;
      const atStart = jumps.filter((row) => isDayStart(row, rows, offset) || isDayStart(row - 1, rows, offset));
      if (atStart.length < 0.7 * jumps.length) continue;
      // Were every row the first of its day, it would say nothing.
      const days = rows.key.reduce((many, _, row) => many + (isDayStart(row, rows, offset) ? 1 : 0), 0);
      if (days > 0.5 * rows.key.length) break;
      const inMonth = atStart.filter((row) => monthOf(rows.key[row]) !== monthOf(rows.key[Math.max(0, row - 2)]));
      if (inMonth.length > 0.8 * atStart.length) return 'with every month';
      return hour === 0 ? 'with every day, UTC' : `with every day, at ${String(hour).padStart(2, '0')}:00 UTC`;
    }
  }
  const every = everyHowMany(jumps);
  return every === every ? `every ${every} rows` : undefined;
}

export const episodes: Pattern = (pair, rows) => {
  const x = apart(pair);
  const jumps = jumpsOf(pair);
  if (jumps.length === 0) return undefined;
  const behindGap = jumps.filter((row) => rows.gaps.some((gap) => row >= gap && row <= gap + 2));
  const many = (n: number): string => (n === 1 ? 'once' : `${n.toLocaleString('en')} times`);
  if (behindGap.length >= 0.6 * jumps.length)
    return { cause: 'gaps', text: `differs behind rows that one side lacks, ${many(behindGap.length)}, and settles: its state missed them` };
  const inner = jumps.filter((row) => !rows.starts.some((start) => row <= start + 2 && row >= start));
  if (inner.length === 0) return undefined;
  const rule = inner.length >= 2 ? ruleOf(inner, rows) : undefined;
  const first = rows.name(inner[0]);
  if (rule !== undefined)
    return { cause: 'reset', text: `the state of B begins anew ${rule}: ${many(inner.length)}, first at ${first}` };
  const differing = x.reduce((n, value) => n + (value > NOTHING ? 1 : 0), 0);
  const tail = x.subarray(-Math.max(5, Math.floor(x.length / 50))).reduce((most, v) => (v > most ? v : most), 0);
  const largest = x.reduce((most, v) => (v > most && v !== Infinity ? v : most), 0);
  if (differing > 0.6 * x.length || differing <= 2 * inner.length || tail > 0.05 * largest) return undefined;
  return {
    cause: 'disturbed input',
    text: `differs in ${inner.length === 1 ? 'one stretch' : `${inner.length.toLocaleString('en')} stretches`}, first at ${first}, and settles: what went in differed for some rows`,
  };
};
