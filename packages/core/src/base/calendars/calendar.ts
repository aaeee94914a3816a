/**
 * Sessions of an exchange by its own clock. All is computed from the time that is asked for: a calendar has no state. A session
 * belongs to a day, counted from 1970-01-01 like all days, and holds the times [open, close).
 */
import { fail } from '../errors.ts';
import { MICROS_PER_DAY, MICROS_PER_MINUTE } from '../time.ts';
import type { CalendarConfig } from './calendar-section.ts';
import { WEEKDAYS } from './weekdays.ts';
import { instantOf, offsetAt, zoneOf, ZONE_TIMES, type Zone } from './zone.ts';

export interface Calendar {
  readonly name: string;
  readonly zone: Zone;
  /** From midnight of a session's day to its opening; below 0 on the evening before. */
  readonly open: number;
  readonly close: number;
  /** Whether weekdays have sessions, Monday first. */
  readonly days: readonly boolean[];
  readonly holidays: ReadonlySet<number>;
  /** When sessions that close early do. */
  readonly early: ReadonlyMap<number, number>;
  /** What the schema says of it, the zone last. */
  readonly lines: readonly string[];
}

/** A session, or the closed time between two, as three doubles: it holds the times [from, to). */
export const FROM = 0;
export const TO = 1;
/** Day of the session; NaN where closed. */
export const DAY = 2;
export const STRETCH_SLOTS = 3;

/** Monday 0 to Sunday 6. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Settles a calendar of the configuration. */
export function createCalendar(name: string, config: CalendarConfig): Calendar {
  const where = `calendars.${name}`;
  const zone = zoneOf(config.zone, `${where}.zone`);
  const close = minutesOf(config.close) * MICROS_PER_MINUTE;
  const opens = minutesOf(config.open) * MICROS_PER_MINUTE;
  const open = opens >= close ? opens - MICROS_PER_DAY : opens;
  const early = new Map<number, number>();
  for (const [date, time] of Object.entries(config.early)) {
    const at = minutesOf(time) * MICROS_PER_MINUTE;
    if (at <= open || at >= close)
      fail('config', `${where}.early.${date}`, `a time after the opening and before ${config.close}`, time);
    early.set(dayOf(date), at);
  }
  const days = WEEKDAYS.map((day) => config.days.includes(day));
  const holidays = new Set(config.holidays.map(dayOf));
  for (const [date] of Object.entries(config.early)) {
    const day = dayOf(date);
    if (holidays.has(day) || !days[weekdayOf(day)])
      fail('config', `${where}.early.${date}`, 'a day that has a session', 'one that has none');
  }
  return { name, zone, open, close, days, holidays, early, lines: linesOf(name, config, zone) };
}

function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

function dayOf(date: string): number {
  return (Date.parse(date) * 1000) / MICROS_PER_DAY;
}

function linesOf(name: string, { open, close, days, holidays, early }: CalendarConfig, zone: Zone): string[] {
  const open7 = WEEKDAYS.filter((day) => days.includes(day)).join(' ');
  const byYear = (what: string, entries: readonly (readonly [date: string, text: string])[]): string[] => {
    const years = [...new Set(entries.map(([date]) => date.slice(0, 4)))].sort();
    return years.map((year) => {
      const own = [...new Set(entries.filter(([date]) => date.startsWith(year)).map(([, text]) => text))].sort();
      return `calendar ${name}, ${what} ${year}: ${own.join(', ')}`;
    });
  };
  return [
    `calendar ${name}: zone ${zone.name}, open ${open}, close ${close}, days ${open7}`,
    ...byYear(
      'no session in',
      holidays.map((date) => [date, date.slice(5)] as const),
    ),
    ...byYear(
      'early closes of',
      Object.entries(early).map(([date, time]) => [date, `${date.slice(5)} ${time}`] as const),
    ),
    zoneLine(zone),
  ];
}

/** What the schema says of a zone. */
export function zoneLine({ name, text }: Zone): string {
  return `zone ${name}: ${text}`;
}

function hasSession({ days, holidays }: Calendar, day: number): boolean {
  return days[weekdayOf(day)] && !holidays.has(day);
}

function opensAt({ zone, open }: Calendar, day: number): number {
  return instantOf(zone, day * MICROS_PER_DAY + open);
}

function closesAt({ zone, close, early }: Calendar, day: number): number {
  return instantOf(zone, day * MICROS_PER_DAY + (early.get(day) ?? close));
}

/** Local days that are looked at for sessions: those that the table of zones covers, and a year more. */
const FIRST_DAY = ZONE_TIMES.from / MICROS_PER_DAY - 366;
const LAST_DAY = ZONE_TIMES.to / MICROS_PER_DAY + 366;

/** Writes the session that holds `time` into `stretch`, or the closed time between two; without bound where there is none more. */
export function stretchAt(calendar: Calendar, time: number, stretch: Float64Array): void {
  // Nothing of the days before yesterday is open.
  let day = Math.floor((time + offsetAt(calendar.zone, time)) / MICROS_PER_DAY) - 1;
  while (day <= LAST_DAY && !(hasSession(calendar, day) && closesAt(calendar, day) > time)) day++;
  const opens = day > LAST_DAY ? Infinity : opensAt(calendar, day);
  if (opens <= time) {
    stretch[FROM] = opens;
    stretch[TO] = closesAt(calendar, day);
    stretch[DAY] = day;
    return;
  }
  stretch[TO] = opens;
  stretch[DAY] = NaN;
  day--;
  while (day >= FIRST_DAY && !hasSession(calendar, day)) day--;
  stretch[FROM] = day < FIRST_DAY ? -Infinity : closesAt(calendar, day);
}
