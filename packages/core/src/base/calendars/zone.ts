/**
 * Local time of an exchange, from the table that ships with core: the same in every runtime, whatever tzdata that has. Times are
 * microseconds; a wall time is what a clock on the wall shows, counted as if it were UTC.
 */
import { fail } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { MICROS_PER_DAY, MICROS_PER_MINUTE } from '../time.ts';
import { zones } from './zones.gen.ts';

export interface Zone {
  /** As in the time zone database. */
  readonly name: string;
  /** The rows of the table that it is made of: what the schema says of it. */
  readonly text: string;
  /** When the offset changes, in order. */
  readonly changes: Float64Array;
  /** How far local time is ahead of UTC: before the first change, then from each on. */
  readonly offsets: Float64Array;
}

/** Times that the table covers: from (inclusive) to (exclusive). */
export const ZONE_TIMES = { from: Date.UTC(2000, 0, 1) * 1000, to: Date.UTC(2101, 0, 1) * 1000 } as const;

const YEARS = /^(\d+)-(\d+) (.*)$/;
const RULE = /^(\d+)\/(\d+)\/(\d) (\d\d):(\d\d) (-?\d+)$/;

/** The zone of that name. @throws {MinotaurError} where the table has none of it */
export function zoneOf(name: string, where: string): Zone {
  const rows = Object.hasOwn(zones, name) ? zones[name] : undefined;
  if (rows === undefined) {
    const known = Object.keys(zones);
    fail('config', where, `a zone of the table (${known.join(', ')})`, `'${name}'${nearest(name, known)}`);
  }
  const [first, ...years] = rows;
  const changes: number[] = [];
  const offsets = [Number(first) * MICROS_PER_MINUTE];
  for (const row of years) {
    const [, from, to, rules] = YEARS.exec(row) as RegExpExecArray;
    for (let year = Number(from); year <= Number(to); year++) {
      for (const rule of rules.split(', ')) {
        const [month, day, weekday, hour, minute, offset] = (RULE.exec(rule) as RegExpExecArray).slice(1).map(Number);
        const earliest = dayOf(year, month, day);
        // Day 0, a Thursday, is weekday 4 of those that begin with Sunday.
        const date = earliest + ((((weekday - 4 - earliest) % 7) + 7) % 7);
        const wall = date * MICROS_PER_DAY + (hour * 60 + minute) * MICROS_PER_MINUTE;
        changes.push(wall - offsets[offsets.length - 1]);
        offsets.push(offset * MICROS_PER_MINUTE);
      }
    }
  }
  return { name, text: rows.join('; '), changes: Float64Array.from(changes), offsets: Float64Array.from(offsets) };
}

/** Days since 1970-01-01. */
function dayOf(year: number, month: number, day: number): number {
  return (Date.UTC(year, month - 1, day) * 1000) / MICROS_PER_DAY;
}

/** Changes of a zone at or before `time`. */
function changesUntil({ changes }: Zone, time: number): number {
  let low = 0;
  for (let high = changes.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (changes[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How far local time is ahead of UTC at `time`. */
export function offsetAt(zone: Zone, time: number): number {
  return zone.offsets[changesUntil(zone, time)];
}

/** When a clock on the wall shows `wall`: for the first time where it does twice, and where it never does, when it leaps over it. */
export function instantOf(zone: Zone, wall: number): number {
  // Changes are weeks apart, so between a day before and a day after there is one at most.
  const k = changesUntil(zone, wall - 2 * MICROS_PER_DAY);
  const before = wall - zone.offsets[k];
  if (k === zone.changes.length || before < zone.changes[k]) return before;
  return Math.max(wall - zone.offsets[k + 1], zone.changes[k]);
}
