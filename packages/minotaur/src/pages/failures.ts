/** What failed: what it usually comes from, where it is first seen, and a command that fails. */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Failure } from '#view';
import type { ReproFile } from '../runs/verification/repro.ts';
import { fails, type CheckResult } from '../verify/harness/check.ts';
import type { Divergence } from '../verify/harness/divergence.ts';

/** What a failure of a check usually comes from, for whoever has never seen one. */
const HINTS: Readonly<Record<string, string>> = {
  parity:
    'History saw something that live does not have yet, or one of them forgets what the other keeps. An operator that reads a row at or after `to`, or keeps something outside its slots, does that.',
  blocks: 'A value depends on where a block of input ends, so on how the data happened to be cut.',
  snapshot: 'Something that values depend on is not in the snapshot: state outside the slots of an operator.',
  'fresh-process': 'Something that values depend on lives in the process, and not in the snapshot or the events.',
  workers: 'Something that values depend on lives in a thread, or depends on how the events were cut.',
  runtimes:
    'A function gives other bits on another version of Node, or values depend on the process or on how the events were cut.',
  lookahead:
    'A value changes when events after it change: it knows the future. A model trained on it looks better than it can ever be.',
  availability: 'A row holds a bar that was not known at its time, or not the newest that was.',
  order: 'Trades that are late, tied, missing or twice there are not handled as the configuration declares.',
  conservation: 'A bar does not hold exactly the trades that are its own.',
  calendars: 'A session or a local time is not that of the exchange.',
  readiness: 'A value is there before its lookback is filled, or missing without a declared reason.',
  purity: 'A value depends on something other than the trades: a clock, chance, a file, a table.',
  operators:
    'An operator of your own breaks its contract on rows that these events do not have. Live, one day, they will come.',
  memory:
    'A feature remembers its start for longer than it declares: live, after a restart, it is not what history was.',
};

/** What is compared with what, where a check says it. */
const SIDES: Readonly<Record<string, Failure['sides']>> = {
  parity: ['history', 'live'],
  blocks: ['one block', 'other blocks'],
  snapshot: ['without a stop', 'restored'],
};

/** Every check that failed. `featureOf` names the feature that a divergence is in, where the lineage has it. */
export function failuresOf(
  checks: readonly CheckResult[],
  reproducers: readonly ReproFile[],
  featureOf: (first: Divergence) => string | undefined = () => undefined,
): Failure[] {
  return checks.filter(fails).map(({ name, law, first }) => ({
    check: name,
    law,
    hint: HINTS[name],
    first,
    sides: SIDES[name] ?? ['expected', 'found'],
    feature: first !== null && 'stage' in first ? featureOf(first) : undefined,
    reproducer: reproducers.find(({ check }) => check === name),
  }));
}

/** The divergence of the first check that failed with one. */
export function firstDivergence(checks: readonly CheckResult[]): Divergence | undefined {
  return checks.map(({ first }) => first).find((first) => first !== null && 'stage' in first);
}

/** Where a divergence lies, in a sentence. */
export function placeOf({ stage, clock, row, trade, time, feature }: Divergence): string {
  if (stage === 'count')
    return `one side has more ${clock === '' ? 'rows' : `bars of clock ${clock}`}, from ${formatTime(time)} on`;
  const place = clock === '' ? `row ${row}` : `clock ${clock}, bar ${row}`;
  const closing = Number.isNaN(trade) ? '' : `, closed by trade ${trade.toLocaleString('en')}`;
  return `${feature}: ${place} at ${formatTime(time)}${closing}`;
}
