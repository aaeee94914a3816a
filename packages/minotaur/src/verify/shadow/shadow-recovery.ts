/** Whether a session that says it goes on where the one before was cut off does. */
import type { RecordedState } from 'minotaur-core/internal/live/record';
import { digestDifference, stateDifference } from './shadow-difference.ts';
import type { Feeder, Marked } from './shadow-feeder.ts';
import type { RowNames } from './shadow-names.ts';

/** What is wrong with the state of a recovered session, with `rows` rows emitted, behind a session that has been rebuilt to its end. */
export function recoveryDifference(
  state: RecordedState,
  rows: number,
  { engine, before, digest }: Feeder,
  names: RowNames,
): string | undefined {
  const after: Marked = { engine: engine.snapshot(), digest: digest() };
  // An event whose rows were lost is handed in again: the session goes on before it.
  const isBefore = before !== undefined && Buffer.compare(before.engine, state.engine) === 0;
  const expected = isBefore ? before : after;
  const told =
    stateDifference('engine', expected.engine, state.engine) ?? digestDifference(expected.digest, state.digest);
  if (told !== undefined) return `the session does not go on where its record ends: ${told}`;
  const epoch = engine.epoch();
  const onRecord = names.count(epoch);
  if (rows <= onRecord || onRecord === 0) return undefined;
  return `rows ${onRecord} to ${rows - 1} of epoch ${epoch} are not on record, and the session goes on behind them`;
}
