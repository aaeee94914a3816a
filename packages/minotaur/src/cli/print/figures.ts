/** Figures as a person reads them. */

import { count } from 'minotaur-core/internal/base/figures';

export { count };

/** `4.81 million trades a second`, `3,300 trades a second`. */
export function tradeRate(perSecond: number): string {
  const isSmall = perSecond < 1e5;
  const rate = isSmall ? count(Number(perSecond.toPrecision(2))) : `${(perSecond / 1e6).toFixed(2)} million`;
  return `${rate} trades a second`;
}

export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

/** What a run took. */
export function cost({ seconds, peakRssBytes }: { readonly seconds: number; readonly peakRssBytes: number }): string {
  return `${seconds.toFixed(1)} s, ${megabytes(peakRssBytes)} MB at most`;
}

/** Settings in a line. */
export function settings(config: object): string {
  return Object.entries(config)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}
