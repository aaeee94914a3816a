import { formatTime } from 'minotaur-core/internal/base/time';

/** `2024-08-08 23:54:15Z` of microseconds since the epoch. */
export function secondOf(time: number): string {
  return `${formatTime(time).slice(0, 19).replace('T', ' ')}Z`;
}
