/** Differences between what a session recorded and what its rebuild gives: located, with bits. */
import { bitsOf, sameBits } from 'minotaur-core/internal/base/canonical';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import type { EmittedRow } from 'minotaur-core/internal/live/record';
import { divergenceOf, type Divergence } from '../harness/divergence.ts';

/** A record or an event in a journal. */
export interface Place {
  readonly segment: string;
  readonly byte: number;
}

export interface CodeDifference extends Place {
  readonly what: 'row' | 'prediction' | 'snapshot' | 'refusal' | 'hole';
  /** Events that had been received, over all sessions. */
  readonly events: number;
  readonly message: string;
  /** Bits, where a value differs. */
  readonly divergence?: Divergence;
}

/** Counts of what was compared, and of what differs. */
export interface CodeCounts {
  sessions: number;
  /** Sessions that end without a stop: cut off by a crash, or still running. */
  cutSessions: number;
  events: number;
  trades: number;
  /** Events before the first state that a journal without its oldest segments has. */
  skipped: number;
  rows: number;
  values: number;
  predictions: number;
  /** Predictions in the journal, where no model was given to compare them with. */
  predictionsNotCompared: number;
  snapshots: number;
  /** Holes that were declared, and gaps that the chain found. */
  holes: number;
  /** How often rows were let go that waited. */
  releases: number;
  /** Events that were refused: data, and not used. */
  refused: number;
  /** What was handed in and was no event. */
  noEvents: number;
  rowsDiffer: number;
  /** Rows that history has and the session did not emit. */
  rowsMissing: number;
  /** Rows that the session emitted and history does not have. */
  rowsExtra: number;
  /** Rows of the right bits that came after another event than the one that completes them. */
  rowsMisplaced: number;
  /** Rows that have the epoch and ordinal of another row. */
  rowsRenamed: number;
  predictionsDiffer: number;
  snapshotsDiffer: number;
  refusalsDiffer: number;
  holesDiffer: number;
}

export interface Tally {
  readonly counts: CodeCounts;
  first: CodeDifference | undefined;
  add(what: CodeDifference['what'], count: keyof CodeCounts, at: Place, message: string, divergence?: Divergence): void;
}

export function createTally(): Tally {
  const counts: CodeCounts = {
    sessions: 0,
    cutSessions: 0,
    events: 0,
    trades: 0,
    skipped: 0,
    rows: 0,
    values: 0,
    predictions: 0,
    predictionsNotCompared: 0,
    snapshots: 0,
    holes: 0,
    releases: 0,
    refused: 0,
    noEvents: 0,
    rowsDiffer: 0,
    rowsMissing: 0,
    rowsExtra: 0,
    rowsMisplaced: 0,
    rowsRenamed: 0,
    predictionsDiffer: 0,
    snapshotsDiffer: 0,
    refusalsDiffer: 0,
    holesDiffer: 0,
  };
  const tally: Tally = {
    counts,
    first: undefined,
    add(what, count, { segment, byte }, message, divergence) {
      counts[count]++;
      const { events } = counts;
      tally.first ??= { what, events, segment, byte, message, ...(divergence && { divergence }) };
    },
  };
  return tally;
}

/** The first value of a row that is not as expected. */
export function rowDivergence(
  expected: EmittedRow & { readonly trade: number },
  found: EmittedRow,
  columns: readonly string[],
  row: number,
): Divergence | undefined {
  const at = (stage: 'rows' | 'count', feature: string, a: number, b: number): Divergence =>
    divergenceOf({ stage, trade: expected.trade, time: found.time, row, feature, expected: a, found: b });
  if (expected.values.length !== found.values.length)
    return at('count', '(values of the row)', expected.values.length, found.values.length);
  const column = expected.values.findIndex((value, c) => !sameBits(value, found.values[c]));
  if (column >= 0) return at('rows', columns[column], expected.values[column], found.values[column]);
  if (expected.ready !== found.ready) return at('rows', '(ready)', +expected.ready, +found.ready);
  if (expected.complete === found.complete) return undefined;
  return at('rows', '(complete)', +expected.complete, +found.complete);
}

export function predictionDifference(expected: Prediction, found: Prediction): string | undefined {
  for (const name of ['probability', 'calibrated', 'signal'] as const) {
    if (sameBits(expected[name], found[name])) continue;
    const told = `expected ${expected[name]} (${bitsOf(expected[name])}), found ${found[name]} (${bitsOf(found[name])})`;
    return `the ${name} of time ${found.time}: ${told}`;
  }
  if ((expected.refusal ?? '') === (found.refusal ?? '')) return undefined;
  return `why there is no prediction of time ${found.time}: expected '${expected.refusal}', found '${found.refusal}'`;
}

/** What a snapshot has before its text. */
const SNAPSHOT_HEAD = 32;

/** The first double by which two snapshots differ. */
export function stateDifference(what: string, expected: Uint8Array, found: Uint8Array): string | undefined {
  if (Buffer.compare(expected, found) === 0) return undefined;
  if (expected.length !== found.length)
    return `the ${what}'s state: expected ${expected.length} bytes, found ${found.length}`;
  const view = new DataView(expected.buffer, expected.byteOffset);
  const text = view.getUint32(16, true);
  const start = SNAPSHOT_HEAD + Math.ceil(text / 8) * 8;
  const count = view.getUint32(20, true);
  const [a, b] = [doublesOf(expected, start, count), doublesOf(found, start, count)];
  const slot = a.findIndex((value, i) => !sameBits(value, b[i]));
  if (slot < 0) return `the ${what}'s state: the same numbers in other bytes`;
  const told = `expected ${a[slot]} (${bitsOf(a[slot])}), found ${b[slot]} (${bitsOf(b[slot])})`;
  return `the ${what}'s state, slot ${slot} of ${a.length}: ${told}`;
}

function doublesOf(bytes: Uint8Array, from: number, count: number): Float64Array {
  return new Float64Array(Uint8Array.from(bytes.subarray(from, from + 8 * count)).buffer);
}

/** How the digest of the rows differs, where it is on record. */
export function digestDifference(expected: Uint8Array, found: Uint8Array | undefined): string | undefined {
  if (found === undefined || Buffer.compare(expected, found) === 0) return undefined;
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  return `the digest of the rows: expected ${hex(expected)}, found ${hex(found)}`;
}

interface Timed {
  readonly time: number;
}

/**
 * Takes pairs of equal time off the front of two queues, and what one of them lacks; what is left waits for more, or, at the
 * end, has no other half.
 */
export function pairByTime<E extends Timed, F extends Timed>(
  expected: E[],
  found: F[],
  compare: (expected: E | undefined, found: F | undefined) => void,
  atEnd: boolean,
): void {
  let e = 0;
  let f = 0;
  while (e < expected.length && f < found.length) {
    const [a, b] = [expected[e], found[f]];
    if (a.time <= b.time) e++;
    if (b.time <= a.time) f++;
    compare(a.time <= b.time ? a : undefined, b.time <= a.time ? b : undefined);
  }
  expected.splice(0, e);
  found.splice(0, f);
  if (!atEnd) return;
  for (const one of expected.splice(0)) compare(one, undefined);
  for (const one of found.splice(0)) compare(undefined, one);
}
