/** Where bars end by time, from the configuration alone and by plain loops: to hold the chain's bars against. */
import type { CalendarConfig } from 'minotaur-core/internal/base/calendars/calendar-section';
import { parseSpan } from 'minotaur-core/internal/base/time';
import type { GridSettings } from 'minotaur-core/internal/bars/grid-section';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { wallClock, type WallClock } from './wall-clock.ts';

const DAY = 86_400_000_000;
const HOUR = DAY / 24;

export interface Boundaries {
  /** The first after `time`. */
  after(time: number): number;
  /** The last before `time`. */
  before(time: number): number;
  /** Whether a bar that ends at `end` is made although nothing was traded in it. */
  isCarried(end: number): boolean;
}

/** Of a clock: what ends its bars; undefined where time does not. */
export function boundariesOf({ config }: Plan, clock: string): Boundaries | undefined {
  const settings = config.clocks[clock];
  const anchor = 'anchor' in settings ? settings.anchor : undefined;
  if (anchor === 'none') return undefined;
  if (anchor === 'day' || anchor === 'week') return madeOf({ every: `1${anchor}` }, config.calendars);
  const ends: GridSettings = anchor ?? { every: undefined, ...settings };
  return ends.every === undefined && ends.session === undefined ? undefined : madeOf(ends, config.calendars);
}

type Calendars = Plan['config']['calendars'];

function madeOf({ every, offset, zone = 'UTC', session }: GridSettings, calendars: Calendars): Boundaries {
  const length = every === undefined ? undefined : parseSpan(every);
  if (session !== undefined) return ofSessions(calendars[session], length);
  const micros = length as number;
  const later = offset === undefined ? 0 : parseSpan(offset);
  if (micros % DAY === 0) return ofDays(wallClock(zone), micros / DAY, later, (every as string).includes('w'));
  const since = (time: number): number => (((time - later) % micros) + micros) % micros;
  return {
    after: (time) => time - since(time) + micros,
    before: (time) => (since(time) === 0 ? time - micros : time - since(time)),
    isCarried: () => true,
  };
}

/** Every `count` days of local time; weeks begin on a Monday. */
function ofDays(clock: WallClock, count: number, offset: number, weeks: boolean): Boundaries {
  const begins = (date: number): boolean => {
    if (!weeks) return date % count === 0;
    // The fourth day after the epoch was a Monday.
    return new Date((date * DAY) / 1000).getUTCDay() === 1 && (date - 4) % count === 0;
  };
  const date = (time: number): number => Math.floor(clock.wall(time) / DAY);
  const boundary = (day: number): number => clock.instant(day * DAY + offset);
  const lag = Math.ceil(offset / DAY) + 1;
  return {
    after(time) {
      for (let day = date(time) - lag; ; day++) if (begins(day) && boundary(day) > time) return boundary(day);
    },
    before(time) {
      for (let day = date(time) + 1; ; day--) if (begins(day) && boundary(day) < time) return boundary(day);
    },
    isCarried: () => true,
  };
}

/** A session: when it opens and closes, and its day. */
export interface Session {
  readonly opens: number;
  readonly closes: number;
  /** Days since 1970-01-01. */
  readonly day: number;
}

/** Sessions of a calendar, day by day. */
export function sessionsOf(calendar: CalendarConfig): {
  readonly clock: WallClock;
  on(day: number): Session | undefined;
} {
  const clock = wallClock(calendar.zone);
  const micros = (text: string): number => (Number(text.slice(0, 2)) + Number(text.slice(3)) / 60) * HOUR;
  const known = new Map<number, Session | undefined>();
  const make = (day: number): Session | undefined => {
    const date = new Date((day * DAY) / 1000);
    const name = (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[date.getUTCDay()];
    const written = date.toISOString().slice(0, 10);
    if (!calendar.days.includes(name) || calendar.holidays.includes(written)) return undefined;
    const evening = calendar.open >= calendar.close;
    const opens = clock.instant((evening ? day - 1 : day) * DAY + Math.round(micros(calendar.open)));
    const closes = clock.instant(day * DAY + Math.round(micros(calendar.early[written] ?? calendar.close)));
    return { opens, closes, day };
  };
  return {
    clock,
    on(day) {
      if (!known.has(day)) known.set(day, make(day));
      return known.get(day);
    },
  };
}

/** Days without a session after which nobody looks further. */
const LONGEST = 400;

function ofSessions(calendar: CalendarConfig, every: number | undefined): Boundaries {
  const { clock, on } = sessionsOf(calendar);
  const date = (time: number): number => Math.floor(clock.wall(time) / DAY);
  /** Boundaries of the session of a day, in order. */
  const of = (day: number): number[] => {
    const session = on(day);
    if (session === undefined || session.opens >= session.closes) return [];
    const all: number[] = [];
    for (let at = session.opens; at < session.closes; at += every ?? Infinity) all.push(at);
    return [...all, session.closes];
  };
  return {
    after(time) {
      const first = date(time) - 1;
      for (let day = first; day < first + LONGEST; day++) {
        const found = of(day).find((at) => at > time);
        if (found !== undefined) return found;
      }
      return Infinity;
    },
    before(time) {
      const last = date(time) + 1;
      for (let day = last; day > last - LONGEST; day--) {
        const found = of(day).findLast((at) => at < time);
        if (found !== undefined) return found;
      }
      return -Infinity;
    },
    isCarried: (end) => [-1, 0, 1].some((k) => on(date(end) + k)?.opens !== end && of(date(end) + k).includes(end)),
  };
}
