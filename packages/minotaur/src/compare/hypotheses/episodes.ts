/** Differences that begin anew by a rule: behind gaps, with every day or month, every so many rows. */
import { MICROS_PER_DAY, MICROS_PER_HOUR } from 'minotaur-core/internal/base/time';
import { jumpsOf } from '../measures/jumps.ts';
import type { Pattern, Rows } from '../measures/pattern.ts';
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

/** Of the rows at which a difference begins, those that have to be behind a gap. */
const BEHIND_GAPS = 0.6;

export const episodes: Pattern = (pair, rows) => {
  const jumps = jumpsOf(pair);
  if (jumps.length === 0) return undefined;
  const many = (n: number): string => (n === 1 ? 'once' : `${n.toLocaleString('en')} times`);
  const behindGap = jumps.filter((row) => rows.gaps.some((gap) => row >= gap && row <= gap + 2));
  if (behindGap.length >= BEHIND_GAPS * jumps.length) {
    const text = `differs behind rows that one side lacks, ${many(behindGap.length)}, and settles: its state missed them`;
    return { cause: 'gaps', text };
  }
  const inner = jumps.filter((row) => !rows.starts.some((start) => row <= start + 2 && row >= start));
  const rule = inner.length >= 2 ? ruleOf(inner, rows) : undefined;
  if (rule === undefined) return undefined;
  return {
    cause: 'reset',
    text: `the state of B begins anew ${rule}: ${many(inner.length)}, first at ${rows.name(inner[0])}`,
  };
};
