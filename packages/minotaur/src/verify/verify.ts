/** Runs checks and gathers what they say. */
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import { availability } from './checks/availability.ts';
import { blocks } from './checks/blocks.ts';
import { branches } from './checks/branches.ts';
import { calendars, usesCalendars } from './checks/calendars.ts';
import { conservation } from './checks/conservation.ts';
import { freshProcess } from './checks/fresh-process.ts';
import { holes } from './checks/holes.ts';
import { interleaving } from './checks/interleaving.ts';
import { lookahead } from './checks/lookahead.ts';
import { order } from './checks/order.ts';
import { parity } from './checks/parity.ts';
import { purity } from './checks/purity.ts';
import { readiness } from './checks/readiness.ts';
import { runtimes } from './checks/runtimes.ts';
import { snapshot } from './checks/snapshot.ts';
import { workers } from './checks/workers.ts';
import type { Check, CheckContext, CheckResult, Course } from './harness/check.ts';
import type { Stretch } from './harness/stretch.ts';
import { isolation } from './learned/isolation.ts';
import { predictions } from './learned/predictions.ts';
import { memory } from './memory/memory.ts';
import { runSideBySide, type Lane } from './side-by-side.ts';
import { ownOperators } from './testing/own-operators.ts';

/** Every check, in the order in which they run: the cheapest that finds most comes first. */
export const checks: readonly Check[] = [
  parity,
  blocks,
  snapshot,
  freshProcess,
  interleaving,
  lookahead,
  availability,
  holes,
  order,
  conservation,
  calendars,
  readiness,
  memory,
  purity,
  workers,
  runtimes,
  branches,
];

/** Checks that need more than events: operators of the user's own, or what was learned from rows. */
const furtherChecks: readonly Check[] = [ownOperators, isolation, predictions];

/** What the checks say together. */
export interface Verdict {
  /** Whether every one of them holds, and there was one. */
  readonly holds: boolean;
  /** Whether every one of them had something to compare. Where one had not and none fails, it is not known whether all hold. */
  readonly answered: boolean;
  /** In the order in which they ran. */
  readonly checks: readonly CheckResult[];
}

/** What there is to check. */
export interface Means {
  /** Trades or bars. */
  readonly events: boolean;
  /** Clocks that make their bars, of trades or of other bars. */
  readonly madeBars: boolean;
  /** Operators that calendars make. */
  readonly calendars: boolean;
  /** More than one instrument. */
  readonly several: boolean;
  /** A configuration with operators of its own. */
  readonly ownOperators: boolean;
  /** Rows, labels, a split and the artefact that was fitted on them. */
  readonly learned: boolean;
  /** An artefact and its model. */
  readonly serving: boolean;
  /** Versions and architectures of Node that were found, this one included. */
  readonly runtimes: number;
}

/**
 * Checks by name; without names, all that `given` has the means for. Refuses an unknown one, and one that was asked for in
 * vain.
 */
export function selectChecks(names: readonly string[] | undefined, given: Means): readonly Check[] {
  const can = (check: Check): boolean => {
    if (check === isolation) return given.learned;
    // Of given bars nobody has the trades.
    if (check === conservation && names === undefined && !given.madeBars) return false;
    if (check === calendars && names === undefined && !given.calendars) return false;
    // One version can only be compared with itself: asked for by name, it says so.
    if (check === runtimes && names === undefined && given.runtimes < 2) return false;
    // Of one instrument there is but one order: asked for by name, it says so.
    if (check === interleaving && names === undefined && !given.several) return false;
    if (check === ownOperators && !given.ownOperators) return false;
    return given.events && (check !== predictions || given.serving);
  };
  const all = [...checks, ...furtherChecks];
  if (names === undefined) return all.filter(can);
  return names.map((name) => {
    const known = all.map((check) => check.name);
    const found = all.find((check) => check.name === name);
    if (found === undefined)
      fail('config', 'checks', `a check (${known.join(', ')})`, `'${name}'${nearest(name, known)}`);
    if (!can(found)) fail('config', `check ${name}`, NEEDS[name] ?? 'trades or bars', 'not all of them');
    return found;
  });
}

const NEEDS: Readonly<Record<string, string>> = {
  operators: 'trades or bars, and a configuration with operators of its own',
  isolation: 'rows, labels, splits and artefact',
  predictions: 'trades or bars, artefact and model',
};

/** Of one instrument there is but one order, and without calendars nothing to ask of them. */
function checksOf({ plan }: CheckContext): readonly Check[] {
  const asks = (check: Check): boolean => {
    if (check === interleaving) return plan.instruments.length > 1;
    return check !== calendars || usesCalendars(plan);
  };
  return checks.filter(asks);
}

/** Runs the checks one after the other; all of them, also after one has failed. */
export async function runChecks(
  context: CheckContext,
  selected: readonly Check[] = checksOf(context),
  onResult?: (result: CheckResult) => void,
): Promise<Verdict> {
  const here: Lane = { takes: () => true, run: (check) => runCheck(check, context) };
  return verdictOf(await runSideBySide(selected, [here], onResult));
}

/** Runs a check, and says how far it went. */
export async function runCheck(check: Check, context: CheckContext): Promise<CheckResult> {
  const watched = watchCourse(context);
  return { ...(await check.run(watched.context)), ...watched.course() };
}

/** What checks say together. */
export function verdictOf(results: readonly CheckResult[]): Verdict {
  return {
    holds: results.length > 0 && results.every(({ holds }) => holds),
    answered: results.length > 0 && results.every(({ answered }) => answered),
    checks: results,
  };
}

/** Whether a thread of its own may run a check, from the configuration and the files: not what watched the configuration load, nor what was opened here. */
export function mayRunApart(check: Check): boolean {
  return check !== purity && !furtherChecks.includes(check);
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
