/** The door for given bars: what is none is refused by name, what cannot be used is handled as the configuration says. */
import { fail, MinotaurError } from '../base/errors.ts';
import { formatTime } from '../base/time.ts';
import {
  availableAtOf,
  complaintOfBar,
  handlingOf,
  stepBackOf,
  violationOf,
  type GivenBar,
  type GivenClock,
} from '../bars/given.ts';
import { shown } from '../trades/door.ts';
import type { Handling, Intake } from '../trades/intake.ts';
import type { BarFacts } from './contract.ts';

/** The clock with `bars: given`, one of `names`, that a bar is for. */
export function clockOfBar(names: readonly string[], facts: BarFacts | undefined): string {
  const name = facts?.clock ?? (names.length === 1 ? names[0] : '');
  if (names.includes(name)) return name;
  const expected = `the name of a clock with bars: given (${names.join(', ') || 'none'})`;
  return fail('input', 'pushBar', expected, name === '' ? 'no name' : `'${name}'`);
}

export interface BarDoor {
  /** The clock that the bar is for. */
  readonly clock: string;
  readonly facts: BarFacts | undefined;
  readonly intake: Intake;
  /** The newest bar of the clock. */
  readonly before: Pick<GivenClock, 'opened' | 'closed'>;
  /** What becomes of a bar that cannot be. */
  readonly invalid: Handling;
}

/** Whether a bar is used: what is wrong with it is counted and reported. @throws where it is refused */
export function acceptBar(bar: GivenBar, { clock, facts, intake, before, invalid }: BarDoor): boolean {
  const place = facts?.place?.(0) ?? `event ${intake.next + 1}, a bar for clock '${clock}'`;
  const where = facts?.origin === undefined ? place : `${facts.origin}, ${place}`;
  if (typeof bar !== 'object' || bar === null || Array.isArray(bar))
    fail('input', where, 'a bar { open_time, close_time, open, ... }', shown(bar));
  const complaint = complaintOfBar(bar);
  if (complaint !== undefined) fail('input', where, ...complaint);
  const violation = violationOf(bar);
  const handling = violation && handlingOf(violation, invalid);
  if (violation && handling) intake.invalidBar(handling, violation.expected, violation.found);
  if (violation && handling === 'reject') fail('input', `${where} (invalid)`, violation.expected, violation.found);
  if (handling === 'drop') return false;
  if (availableAtOf(bar) < intake.newest) {
    const expected = `a bar that is available at ${formatTime(intake.newest)} or later, the newest event`;
    fail('input', where, expected, formatTime(availableAtOf(bar)));
  }
  const stepBack = stepBackOf(bar, before);
  if (stepBack !== undefined) fail('input', where, ...stepBack);
  return true;
}

/** What a clock that is made of a given bar has refused, with the place of the bar where that is known. */
export function placedAt(facts: BarFacts | undefined, error: unknown): unknown {
  const place = facts?.place?.(0);
  if (place === undefined || !(error instanceof MinotaurError)) return error;
  return new MinotaurError(error.kind, { ...error.facts, where: `${place}, ${error.facts.where}` });
}

/** Whether a bar is of what was before a reset that came to be known first: then it has no place, and that is counted. */
export function isBehindReset(bar: GivenBar, intake: Intake): boolean {
  if (bar.open_time >= intake.since) return false;
  const expected = `a bar that opens at or after ${formatTime(intake.since)}, when its instrument began anew`;
  intake.invalidBar(
    'drop',
    expected,
    `one of ${formatTime(bar.open_time)}, known at ${formatTime(availableAtOf(bar))}`,
  );
  return true;
}
