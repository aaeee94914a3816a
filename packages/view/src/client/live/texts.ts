/** What the page says, in words and figures. */
import { count } from '../../parts/numbers.ts';
import { formatTime } from 'minotaur-core/internal/base/time';

/** `12:30:05` of microseconds, UTC. */
export const clockText = (time: number): string => formatTime(time).slice(11, 19);

/** `5 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`, of microseconds. */
export function lengthText(micros: number): string {
  const seconds = Math.max(0, micros / 1e6);
  if (seconds < 1) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds);
  for (const [length, unit, less, part] of UNITS)
    if (whole >= length) {
      const rest = Math.floor((whole % length) / less);
      return `${Math.floor(whole / length)} ${unit}${rest === 0 ? '' : ` ${rest} ${part}`}`;
    }
  return `${whole} s`;
}

const UNITS = [
  [86_400, 'd', 3600, 'h'],
  [3600, 'h', 60, 'min'],
  [60, 'min', 1, 's'],
] as const;

/** Five digits that count, and none that do not. */
export function valueText(value: number | null): string {
  if (value === null) return 'NaN';
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return count(value);
  const size = Math.abs(value);
  if (size >= 1e9 || size < 1e-4) return value.toExponential(3);
  return value.toLocaleString('en', { maximumSignificantDigits: 6 });
}

/** Of milliseconds. */
export function millisText(value: number | null): string {
  if (value === null) return '–';
  return `${value.toLocaleString('en', { maximumSignificantDigits: 3 })} ms`;
}

/** What happened to trades in a stretch of time. */
export const SPAN_WORDS = {
  down: 'disconnected',
  repair: 'being repaired',
  repaired: 'repaired',
  official: "the venue's own hole",
  open: 'hole',
  halt: 'market halted',
  ended: 'service not running',
} as const;
