/** Thresholds of dollar bars for so many bars a day. */
import type { SpanReport } from './span.ts';

/** A suggestion. */
export interface Threshold {
  /** Bars a day. */
  readonly barsPerDay: number;
  /** Quote units, two digits. */
  readonly threshold: number;
}

const BARS_PER_DAY = [50, 500, 5000] as const;
const SECONDS_PER_DAY = 86_400;

/** Days in which something was traded: whole ones, and parts of one at its rate. */
export function tradingDays({ seconds, days }: Pick<SpanReport, 'seconds' | 'days'>): number {
  return Math.min(days, seconds / SECONDS_PER_DAY);
}

/** Nothing where all trades are of one time. */
export function suggestThresholds(span: Pick<SpanReport, 'seconds' | 'days' | 'turnover'>): Threshold[] {
  const days = tradingDays(span);
  if (!(days > 0 && span.turnover > 0)) return [];
  return BARS_PER_DAY.map((barsPerDay) => ({
    barsPerDay,
    threshold: twoDigits(span.turnover / days / barsPerDay),
  }));
}

/** The number of two digits nearest to `value`. */
export function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
