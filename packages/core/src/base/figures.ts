/** Figures as a person reads them. */

/** `1,234,567`. */
export const count = (value: number): string => value.toLocaleString('en');

/** Two digits after the point; three leading ones of what is small. */
export function figure(value: number): string {
  const isSmall = Math.abs(value) < 1 && value !== 0;
  return value.toLocaleString('en', isSmall ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 });
}

/** `5.32 %` of a share. */
export function percent(share: number): string {
  return `${figure(100 * share)} %`;
}

/** Seconds in the unit that a person would choose. */
export function duration(seconds: number): string {
  if (seconds < 0.1 && seconds > 0) return `${figure(seconds)} s`;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  if (seconds < 7200) return `${(seconds / 60).toFixed(1)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  const days = seconds / 86_400;
  return `${(Math.round(days * 10) / 10).toLocaleString('en')} days`;
}
