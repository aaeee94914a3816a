/** Figures as a person reads them. */

export { count } from 'minotaur-core/internal/base/figures';

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
