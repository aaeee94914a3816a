/**
 * Local time by the runtime's own time zone data, asked for every instant: nothing is shared with the table of zones that the chain
 * uses, so a mistake in that, or a law that has changed since it was made, is seen.
 */
const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;
const QUARTER = 15 * MINUTE;

export interface WallClock {
  /** What a clock on the wall shows at `time`, as if it were UTC; microseconds. */
  wall(time: number): number;
  /** When it shows `wall` for the first time; where it leaps over it, when it leaps. */
  instant(wall: number): number;
}

export function wallClock(zone: string): WallClock {
  const parts = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...Object.fromEntries(parts.map((part) => [part, 'numeric'])),
  });
  /** How far ahead of UTC local time is in a quarter of an hour, in which it does not change. */
  const known = new Map<number, number>();
  const ahead = (time: number): number => {
    const quarter = Math.floor(time / QUARTER);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    const at = quarter * QUARTER;
    const shown = Object.fromEntries(format.formatToParts(at / 1000).map(({ type, value }) => [type, Number(value)]));
    const [year, month, ...rest] = parts.map((part) => shown[part]) as [number, number, number, number, number, number];
    const offset = Date.UTC(year, month - 1, ...rest) * 1000 - at;
    known.set(quarter, offset);
    return offset;
  };
  const wall = (time: number): number => time + ahead(time);
  return {
    wall,
    instant(wanted) {
      // Whatever the offset is, it is that of the day before or the day after.
      const candidates = [wanted - ahead(wanted - DAY), wanted - ahead(wanted + DAY)].sort((a, b) => a - b);
      const found = candidates.find((time) => wall(time) === wanted);
      if (found !== undefined) return found;
      let time = candidates[0];
      while (wall(time) < wanted) time += MINUTE;
      return time;
    },
  };
}
