/** Where states are on record, found without reading what does not matter: from the newest segment backwards. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { KIND, viewOf } from './format.ts';
import { rawRecords } from './raw-records.ts';
import type { Journal, JournalPlace } from './reader.ts';

/** Bytes in which a segment's first trade most likely lies. */
const BEGINNING = 1024 * 1024;

/** Of a record: whether it holds the state of the chain. */
export const isState = (kind: number): boolean => kind === KIND.start || kind === KIND.snapshot;

/** Time of the first trade in a record; undefined of a record without trades. */
function tradeTimeOf(kind: number, body: Uint8Array): number | undefined {
  if (kind === KIND.trade) return viewOf(body).getFloat64(0, true);
  return kind === KIND.trades ? viewOf(body).getFloat64(16, true) : undefined;
}

/** Records that the chain sees. */
const EVENTS: ReadonlySet<number> = new Set([
  KIND.trade,
  KIND.trades,
  KIND.bar,
  KIND.advance,
  KIND.hole,
  KIND.release,
  KIND.series,
]);

/**
 * The newest state on record: a session's start, or a snapshot. Undefined where there is none. The start of a session that went on and
 * was ended before it had recorded an event to its end is none: it stands before the newest event of the session before, where that had
 * not come to its end and was to be recorded again.
 */
export function newestState({ segments }: Journal): JournalPlace | undefined {
  let passed: JournalPlace | undefined;
  let isBehind = false;
  for (const segment of segments.toReversed()) {
    const { state, goesOn, events } = newestIn(segment);
    isBehind ||= events;
    if (state !== undefined && (isBehind || !goesOn)) return state;
    passed ??= state;
  }
  return passed;
}

/** Whether more trades of the push follow. */
const isOpen = (kind: number, body: Uint8Array): boolean =>
  kind === KIND.trades && viewOf(body).getUint32(12, true) !== 0;

/** The last state of a segment, whether it is the start of a session that went on, and whether whole events stand behind it. */
function newestIn(segment: string) {
  let state: JournalPlace | undefined;
  let [goesOn, events] = [false, false];
  for (const { kind, body, byte } of rawRecords(readFileSync(segment), segment)) {
    if (isState(kind)) {
      state = { segment, byte };
      goesOn = kind === KIND.start && viewOf(body).getUint32(8, true) === 1;
      events = false;
    } else if (EVENTS.has(kind)) events ||= !isOpen(kind, body);
  }
  return { state, goesOn, events };
}

/**
 * The newest state before the first trade of `time` or later, so that all trades from then on stand behind it; undefined where the
 * journal has none there, or no such trade.
 */
export function stateBefore({ segments }: Journal, time: number): JournalPlace | undefined {
  let at = segments.length - 1;
  // A segment whose first trade is of then or later may be the one after that where the time is reached, but none before it.
  while (at >= 0 && !((firstTradeTime(segments[at]) ?? Infinity) < time)) at--;
  if (at < 0) return undefined;
  const own = lastStateIn(segments[at], time);
  const behind = own.reached || at + 1 === segments.length ? undefined : lastStateIn(segments[at + 1], time).state;
  let state = behind ?? own.state;
  for (; state === undefined && at > 0; at--) state = lastStateIn(segments[at - 1]).state;
  return state;
}

/** The last state of a segment before a trade of `time` or later, and whether there is such a trade. */
function lastStateIn(segment: string, time = Infinity): { state: JournalPlace | undefined; reached: boolean } {
  let state: JournalPlace | undefined;
  for (const { kind, body, byte } of rawRecords(readFileSync(segment), segment)) {
    if (isState(kind)) state = { segment, byte };
    else if ((tradeTimeOf(kind, body) ?? -Infinity) >= time) return { state, reached: true };
  }
  return { state, reached: false };
}

/** Time of the first trade in a segment, microseconds; undefined where it has none. */
export function firstTradeTime(segment: string): number | undefined {
  const beginning = beginningOf(segment);
  const found = firstIn(beginning, segment);
  return found !== undefined || beginning.length < BEGINNING ? found : firstIn(readFileSync(segment), segment);
}

function firstIn(bytes: Uint8Array, segment: string): number | undefined {
  for (const { kind, body } of rawRecords(bytes, segment)) {
    const time = tradeTimeOf(kind, body);
    if (time !== undefined) return time;
  }
  return undefined;
}

function beginningOf(segment: string): Uint8Array {
  const bytes = new Uint8Array(BEGINNING);
  const file = openSync(segment, 'r');
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, BEGINNING, 0));
  } finally {
    closeSync(file);
  }
}
