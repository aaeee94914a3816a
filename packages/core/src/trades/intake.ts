/**
 * The intake: checks trades one after the other against what came before, counts what is wrong, handles it as the
 * configuration says, and writes what is accepted to the tape. Historical and live trades pass through this same door, so
 * a duplicate that is dropped in one is dropped in the other.
 */
import { ID_KINDS } from './identity/kinds.ts';
import type { Instrument } from './instrument.ts';
import type { Intake, IntakeOptions } from './intake-contract.ts';
import { createPlainIntake, PLAIN_SLOTS } from './plain-intake.ts';
import { createReordering, REORDERING_SLOTS } from './reordering.ts';

export type { Arrival, Intake, IntakeCounts, IntakePolicy } from './intake-contract.ts';
export { DEFAULT_POLICY } from './intake-contract.ts';
export type { Handling, Notice, Problem } from './notices.ts';

/** Slots of the intake, doubles. */
export const INTAKE_SLOTS = PLAIN_SLOTS + REORDERING_SLOTS;

/** Words of 32 bits that the intake of an instrument needs beside them, for ids; an even number. */
export function intakeWords({ ids }: Instrument): number {
  return ID_KINDS[ids].words;
}

/** Where late trades are put in order, what does so stands before the intake of trades as they stand. */
export function createIntake(options: IntakeOptions): Intake {
  const within = options.policy.reorder?.within;
  if (within === undefined) return createPlainIntake(options);
  const own = options.state.subarray(PLAIN_SLOTS);
  return createReordering(options, own, within, (rowOf) => createPlainIntake(options, rowOf));
}
