/**
 * Writes the table of time zones that core ships with, from the time zone data of the runtime that runs this. A newer tzdata is
 * taken by running it with a newer Node: where the rows of a zone change, so do the schemas of the chains that use it.
 */
import { writeFileSync } from 'node:fs';

const ZONES = [
  'UTC',
  'Africa/Johannesburg',
  'America/Chicago',
  'America/Mexico_City',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Toronto',
  'Asia/Dubai',
  'Asia/Hong_Kong',
  'Asia/Jakarta',
  'Asia/Jerusalem',
  'Asia/Kolkata',
  'Asia/Riyadh',
  'Asia/Seoul',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Asia/Taipei',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Europe/Amsterdam',
  'Europe/Berlin',
  'Europe/Istanbul',
  'Europe/London',
  'Europe/Madrid',
  'Europe/Paris',
  'Europe/Stockholm',
  'Europe/Warsaw',
  'Europe/Zurich',
  'Pacific/Auckland',
];

const MINUTE = 60_000;
const DAY = 86_400_000;
const [FIRST, LAST] = [2000, 2100];

/** Minutes that local time is ahead of UTC. */
function offsetReader(zone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (time) => {
    const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    return (Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - time) / MINUTE;
  };
}

/** A change of the offset, by the local time before it. */
interface Change {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  /** Minutes of the day. */
  readonly minute: number;
  /** Minutes ahead of UTC after it. */
  readonly offset: number;
}

function changesOf(offsetAt: (time: number) => number): Change[] {
  const changes: Change[] = [];
  const end = Date.UTC(LAST + 1, 0, 1);
  let before = offsetAt(Date.UTC(FIRST, 0, 1));
  for (let day = Date.UTC(FIRST, 0, 1); day < end; day += DAY) {
    const after = offsetAt(day + DAY);
    if (after === before) continue;
    let [low, high] = [day, day + DAY];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    const local = new Date(high + before * MINUTE);
    const [year, month, date] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    changes.push({ year, month, day: date, weekday: local.getUTCDay(), minute, offset: after });
    before = after;
  }
  return changes;
}

/** Changes that come every year alike: the weekday on or after one of these days. */
interface Rule extends Omit<Change, 'year' | 'day'> {
  readonly earliest: number;
  readonly latest: number;
}

interface Years {
  readonly from: number;
  readonly to: number;
  readonly rules: readonly Rule[];
}

function joined(years: Years, next: readonly Change[]): readonly Rule[] | undefined {
  if (years.rules.length !== next.length) return undefined;
  const rules = years.rules.map((rule, k) => ({
    ...rule,
    earliest: Math.max(rule.earliest, next[k].day - 6),
    latest: Math.min(rule.latest, next[k].day),
  }));
  const alike = rules.every(
    ({ month, weekday, minute, offset, earliest, latest }, k) =>
      month === next[k].month &&
      weekday === next[k].weekday &&
      minute === next[k].minute &&
      offset === next[k].offset &&
      earliest <= latest,
  );
  return alike ? rules : undefined;
}

function yearsOf(changes: readonly Change[]): Years[] {
  const all: Years[] = [];
  for (let year = FIRST; year <= LAST; year++) {
    const own = changes.filter((change) => change.year === year);
    const last = all.at(-1);
    const rules = last && joined(last, own);
    if (last !== undefined && rules !== undefined) all[all.length - 1] = { ...last, to: year, rules };
    else {
      const fresh = own.map(({ day, ...rest }) => ({ ...rest, earliest: Math.max(1, day - 6), latest: day }));
      all.push({ from: year, to: year, rules: fresh });
    }
  }
  return all;
}

const two = (n: number): string => String(n).padStart(2, '0');

function textOf({ from, to, rules }: Years): string[] {
  if (rules.length === 0) return [];
  const texts = rules.map(({ month, weekday, minute, offset, earliest, latest }) => {
    // The n-th of the month or the last, where it is either: as laws have it.
    const length = new Date(Date.UTC(2001, month, 0)).getUTCDate();
    const usual = [1, 8, 15, 22, length - 6].find((day) => day >= earliest && day <= latest) ?? latest;
    const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    return `${month}/${usual}/${weekday} ${time} ${offset}`;
  });
  return [`${from}-${to} ${texts.join(', ')}`];
}

const rows = ZONES.map((zone) => {
  const offsetAt = offsetReader(zone);
  const years = yearsOf(changesOf(offsetAt)).flatMap(textOf);
  const text = [String(offsetAt(Date.UTC(FIRST, 0, 1))), ...years].map((line) => `    '${line}',`).join('\n');
  return `  '${zone}': [\n${text}\n  ],`;
});

writeFileSync(
  'packages/core/src/base/calendars/zones.gen.ts',
  `// Generated by scripts/zones.ts from tzdata ${process.versions.tz}. Do not edit.

/** The release of the time zone database that the table is of. */
export const TZDATA = '${process.versions.tz}';

/**
 * Time zones of exchanges, ${FIRST} to ${LAST}: minutes ahead of UTC at the start of ${FIRST}; then for years that are alike the changes of
 * each, as \`month/day/weekday hh:mm offset\`: on that weekday (Sunday 0) on or after that day, at that local time, to that offset.
 */
export const zones: Readonly<Record<string, readonly string[]>> = {
${rows.join('\n')}
};
`,
);
