/** Numbers as a person reads them. */

/** `1,234`. */
export function count(n: number): string {
  return n.toLocaleString('en');
}

/** `2.3M`. */
export function compact(n: number): string {
  return n.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
}

/** Three digits after the point; three leading ones of what is small or large. */
export function figure(value: number): string {
  return value === 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 1000) ? value.toFixed(3) : value.toPrecision(3);
}

/** `5.3 %`, which does not break; three digits after the point of what is small. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.001 ? 3 : 1)}\u00a0%`;
}

/** What was not seen to end. */
export const NEVER = 'not within these events';

/** `1,234`; two digits after the point of what is small; {@link NEVER} for null. */
export function amount(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NEVER;
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });
}
