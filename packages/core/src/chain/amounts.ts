/** What closes bars, typically: so many trades, so much volume or turnover, so much time. */
import { MICROS_PER_SECOND, parseSpan } from '../base/time.ts';
import type { Plan } from './plan.ts';

/** An amount that closes bars, in the unit that closes them; empty where a clock closes by something else. */
export interface Amount {
  readonly trades?: number;
  /** Base units. */
  readonly volume?: number;
  /** Quote units. */
  readonly turnover?: number;
  readonly seconds?: number;
}

/** What closes so many bars of a clock, in the end: bars of bars are resolved to what closes theirs. */
export function amountOf({ config }: Pick<Plan, 'config'>, name: string, bars: number): Amount {
  const clock = config.clocks[name];
  if ('session' in clock && clock.session !== undefined)
    return { seconds: secondsOfSessions(config.calendars[clock.session], clock.every, bars) };
  if ('every' in clock && clock.every !== undefined)
    return { seconds: (bars * parseSpan(clock.every)) / MICROS_PER_SECOND };
  if ('from' in clock) {
    if (clock.count !== undefined) return amountOf({ config }, clock.from, bars * clock.count);
    if (clock.dollarVolume !== undefined) return { turnover: bars * clock.dollarVolume };
    return clock.volume === undefined ? {} : { volume: bars * clock.volume };
  }
  if ('expectedTicks' in clock) return { trades: bars * clock.expectedTicks };
  if (!('threshold' in clock)) return {};
  const total = bars * clock.threshold;
  if (clock.bars === 'tick') return { trades: total };
  return clock.bars === 'volume' ? { volume: total } : { turnover: total };
}

const SECONDS_PER_DAY = 86_400;

/** How long so many bars of sessions take, nights and weekends included. */
function secondsOfSessions(
  { open, close, days }: Plan['config']['calendars'][string],
  every: string | undefined,
  bars: number,
): number {
  const [from, to] = [open, close].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  const minutes = to > from ? to - from : to - from + 1440;
  const each = every === undefined ? 1 : Math.ceil((minutes * 60 * MICROS_PER_SECOND) / parseSpan(every));
  return (bars / each) * (7 / days.length) * SECONDS_PER_DAY;
}
