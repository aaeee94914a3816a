/** Figures as a person reads them. */

export const count = (value: number): string => value.toLocaleString('en');

export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

/** Two digits after the point; three leading ones of what is small. */
export const figure = (value: number): string =>
  value.toLocaleString(
    'en',
    Math.abs(value) >= 1 || value === 0 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 3 },
  );

export const percent = (share: number): string => `${figure(100 * share)} %`;

/** Seconds in the unit that a person would choose. */
export function span(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  if (seconds < 7200) return `${(seconds / 60).toFixed(1)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  const days = seconds / 86_400;
  return `${count(Math.round(days * 10) / 10)} days`;
}

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
