import { formatTime } from 'minotaur-core/internal/base/time';

/** What dates are written in. The reader's own may be no language: where LANG is C.UTF-8, Chromium says `en-US@posix`, which throws. */
export const LOCALE = 'en-GB';

/** `2024-08-08 23:54:15Z` of microseconds since the epoch. */
export function secondOf(time: number): string {
  return `${formatTime(time).slice(0, 19).replace('T', ' ')}Z`;
}
