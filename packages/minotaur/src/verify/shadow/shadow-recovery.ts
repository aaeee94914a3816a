/** Whether a session that says it goes on where the one before was cut off does. */
import { stateDifference } from './shadow-difference.ts';
import type { Feeder } from './shadow-feeder.ts';
import type { RowNames } from './shadow-names.ts';

/** What is wrong with the state of a recovered session, with `rows` rows emitted, behind a session that has been rebuilt to its end. */
export function recoveryDifference(
  state: Uint8Array,
  rows: number,
  { engine, before }: Feeder,
  names: RowNames,
): string | undefined {
  const epoch = engine.epoch();
  const onRecord = names.count(epoch);
  const after = stateDifference('engine', engine.snapshot(), state);
  // An event whose rows were lost is handed in again: the session goes on before it.
  if (after !== undefined && (before === undefined || Buffer.compare(before, state) !== 0))
    return `the session does not go on where its record ends: ${after}`;
  if (rows > onRecord && onRecord > 0)
    return `rows ${onRecord} to ${rows - 1} of epoch ${epoch} are not on record, and the session goes on behind them`;
  return undefined;
}
