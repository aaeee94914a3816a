/** Runs checks and gathers what they say. */
import { fail } from '../core/errors.ts';
import { nearest } from '../features/nearest.ts';
import { availability } from './availability.ts';
import { conservation } from './conservation.ts';
import { branches } from './branches.ts';
import { lookahead } from './lookahead.ts';
import type { Check, CheckContext, CheckResult, Course } from './check.ts';
import type { Stretch } from './feed.ts';
import { order } from './order.ts';
import { blocks, parity, snapshot } from './lockstep.ts';
import { purity } from './purity.ts';
import { readiness } from './readiness.ts';
import { memory } from './start.ts';
import { freshProcess, runtimes, workers } from './runtimes.ts';

/** Every check, in the order in which they run: the cheapest that finds most comes first. */
export const checks: readonly Check[] = [
  parity,
  blocks,
  snapshot,
  freshProcess,
  lookahead,
  availability,
  order,
  conservation,
  readiness,
  memory,
  purity,
  workers,
  runtimes,
  branches,
];

export interface Verdict {
  readonly holds: boolean;
  readonly checks: readonly CheckResult[];
}

/** Checks by name; refuses an unknown one. */
export function selectChecks(names: readonly string[] | undefined): readonly Check[] {
  if (names === undefined) return checks;
  return names.map((name) => {
    const known = checks.map((check) => check.name);
    const found = checks.find((check) => check.name === name);
    return found ?? fail('config', '--checks', `a check (${known.join(', ')})`, `'${name}'${nearest(name, known)}`);
  });
}

/** Runs the checks one after the other; all of them, also after one has failed. */
export async function verify(
  context: CheckContext,
  selected: readonly Check[] = checks,
  onResult?: (result: CheckResult) => void,
): Promise<Verdict> {
  const results: CheckResult[] = [];
  for (const check of selected) {
    const watched = watchCourse(context);
    const outcome = { ...(await check.run(watched.context)), ...watched.course() };
    results.push(outcome);
    onResult?.(outcome);
  }
  return { holds: results.length > 0 && results.every((outcome) => outcome.holds), checks: results };
}

/** A context that keeps account of the stretches it hands out. */
function watchCourse(context: CheckContext): { context: CheckContext; course: () => { course?: Course } } {
  const account: { course?: Course } = {};
  // A check may go through the events more than once: the last time is what it says.
  async function* open(): AsyncGenerator<Stretch> {
    let stretches = 0;
    let events = 0;
    let from = NaN;
    for await (const stretch of context.open()) {
      if (stretches++ === 0) from = stretch.start;
      events += stretch.length;
      account.course = { stretches, events, from, to: stretch.end, last: stretch.start };
      yield stretch;
    }
  }
  return { context: { ...context, open }, course: () => account };
}
