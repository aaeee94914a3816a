/**
 * The axis of bars: buckets stand side by side, one place each, whatever their times are. So bars of one second are told apart, and
 * hours without a bar take no room. Marks stand where days, hours and minutes begin.
 */
import type { ChartOptionsImpl, IHorzScaleBehavior, TickMark, TickMarkWeightValue, TimeMark } from 'lightweight-charts';
import { LOCALE, secondOf } from '../../parts/time.ts';

type Inner = ReturnType<IHorzScaleBehavior<number>['convertHorzItemToInternal']>;
type Key = ReturnType<IHorzScaleBehavior<number>['key']>;

/** Microseconds of a place. */
export type TimeAt = (place: number) => number;

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];
/** Lengths of time in seconds, and what the beginning of one weighs; days of a month and months are their own. */
const LENGTHS = [
  [12 * HOUR, 33],
  [6 * HOUR, 32],
  [3 * HOUR, 31],
  [HOUR, 30],
  [30 * MINUTE, 23],
  [10 * MINUTE, 22],
  [5 * MINUTE, 21],
  [MINUTE, 20],
  [10, 11],
  [1, 10],
] as const;
const [YEAR_WEIGHT, MONTH_WEIGHT, DAY_WEIGHT, MINUTE_WEIGHT] = [70, 60, 50, 20];

/** The greatest length of time that begins between two times. */
function weightOf(before: number, time: number): number {
  const [a, b] = [before / 1e6, time / 1e6];
  if (Math.floor(a / DAY) !== Math.floor(b / DAY)) {
    const [last, next] = [new Date(a * 1000), new Date(b * 1000)];
    if (last.getUTCFullYear() !== next.getUTCFullYear()) return YEAR_WEIGHT;
    return last.getUTCMonth() === next.getUTCMonth() ? DAY_WEIGHT : MONTH_WEIGHT;
  }
  return LENGTHS.find(([length]) => Math.floor(a / length) !== Math.floor(b / length))?.[1] ?? 0;
}

/** `2024`, `Aug`, `8 Aug`, `12:30`, `12:30:05`: as much as begins there. */
function tickText(time: number, weight: number): string {
  const date = new Date(time / 1000);
  const text = (options: Intl.DateTimeFormatOptions): string =>
    date.toLocaleDateString(LOCALE, { timeZone: 'UTC', ...options });
  if (weight >= YEAR_WEIGHT) return text({ year: 'numeric' });
  if (weight >= MONTH_WEIGHT) return text({ month: 'short' });
  if (weight >= DAY_WEIGHT) return text({ day: 'numeric', month: 'short' });
  return date.toISOString().slice(11, weight >= MINUTE_WEIGHT ? 16 : 19);
}

export function barAxis(timeAt: TimeAt): IHorzScaleBehavior<number> {
  let options: ChartOptionsImpl<number>;
  return {
    options: () => options,
    setOptions: (now) => (options = now),
    preprocessData: () => {},
    convertHorzItemToInternal: (place) => place as unknown as Inner,
    createConverterToInternalObj: () => (place) => place as unknown as Inner,
    key: (place) => place as unknown as Key,
    cacheKey: (place) => place as unknown as number,
    updateFormatter: () => {},
    formatHorzItem: (place) => secondOf(timeAt(place as unknown as number)),
    formatTickmark: ({ time, weight }: TickMark) => tickText(timeAt(time as unknown as number), weight),
    maxTickMarkWeight: (marks: TimeMark[]) => Math.max(...marks.map(({ weight }) => weight)) as TickMarkWeightValue,
    fillWeightsForPoints(points, start) {
      for (let i = start; i < points.length; i++) {
        const at = (k: number): number => timeAt(points[k]?.time as unknown as number);
        const point = points[i] as { timeWeight: TickMarkWeightValue };
        point.timeWeight = (i === 0 ? 0 : weightOf(at(i - 1), at(i))) as TickMarkWeightValue;
      }
    },
    // The places of one window are not those of the next.
    shouldResetTickmarkLabels: () => true,
  };
}
