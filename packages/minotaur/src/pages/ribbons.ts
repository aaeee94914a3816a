/** How far each check went over event time, and where it broke. */
import type { Ribbon } from '#view';
import { ELSEWHERE } from '../runs/verification/repro.ts';
import type { CheckResult } from '../verify/harness/check.ts';

/** A ribbon of each check that went through events. */
export function ribbonsOf(checks: readonly CheckResult[]): Ribbon[] {
  return checks.map(ribbonOf).filter((ribbon) => ribbon !== undefined);
}

function ribbonOf({ name, holds, answered, first, course }: CheckResult): Ribbon | undefined {
  if (course === undefined || !answered || !(course.to >= course.from)) return undefined;
  const { from, to, last, stretches, events } = course;
  const ribbon = { name, stretches, events, from, to };
  if (holds) return { ...ribbon, broke: to, kind: 'held' };
  // Another process says what came out of all its events, not where it differs.
  if (ELSEWHERE.has(name)) return { ...ribbon, broke: from, kind: 'somewhere' };
  // A failure without a place of its own lies in the last stretch that the check took.
  const place = first !== null && 'time' in first ? first.time : last;
  return { ...ribbon, broke: Math.min(to, Math.max(from, place)), kind: 'broke' };
}
