/** The events of a journal, session by session, as far as its chain used them. */
import type { Hole } from 'minotaur-core/internal/chain/contract';
import type { JournalRecord, RecordedState, SingleEvent } from 'minotaur-core/internal/live/record';
import {
  appendTrade,
  createTradeBlock,
  rowOf,
  withRoom,
  type TradeBlock,
  type TradeRow,
} from 'minotaur-core/internal/trades/trade';
import type { ShadowEntry } from './shadow-code.ts';

/** What one session of a journal received. */
export interface Received {
  readonly state: RecordedState | undefined;
  /** Absent where the journal begins with a snapshot, which has its own. */
  readonly epoch: number | undefined;
  /** Rows that were emitted before it. */
  readonly rows: number;
  /** Those that were used: what was refused is left out. */
  readonly trades: TradeBlock;
  /** What was refused, each before trade `at` of those that were used. */
  readonly refused: readonly { readonly at: number; readonly trade: TradeRow }[];
  /** Bars, holes and watermarks that were used, each before trade `at`. */
  readonly others: readonly OtherEvent[];
  /** What the chain found missing in the ids. */
  readonly gaps: readonly Hole[];
  /** Ordinals of the rows that went out as incomplete. */
  readonly incomplete: ReadonlySet<number>;
}

interface OtherEvent {
  readonly at: number;
  readonly event: SingleEvent;
}

/** A session under way. */
interface Open extends Received {
  trades: TradeBlock;
  readonly refused: { at: number; trade: TradeRow }[];
  readonly others: OtherEvent[];
  readonly gaps: Hole[];
  readonly incomplete: Set<number>;
  /** Where the trades of the newest push begin; -1 where another event is the newest. */
  push: number;
  /** Whether it goes on with the next trade. */
  more: boolean;
}

function open(state: RecordedState | undefined, rows: number, epoch?: number): Open {
  const of = { state, epoch, rows, trades: createTradeBlock(4096), refused: [], push: -1, more: false };
  return { ...of, others: [], gaps: [], incomplete: new Set() };
}

/** The sessions of a journal; trades are kept in memory, 48 bytes each. */
export function collectReceived(entries: Iterable<ShadowEntry>): Received[] {
  const sessions: Received[] = [];
  let session: Open | undefined;
  for (const { record } of entries) {
    if (record.kind === 'start') sessions.push((session = open(record.state, record.rows, record.epoch)));
    else if (record.kind === 'snapshot' && session === undefined)
      sessions.push((session = open(record.state, record.rows)));
    else if (record.kind === 'stop') session = undefined;
    else if (session !== undefined) take(session, record);
  }
  return sessions;
}

function take(session: Open, record: JournalRecord): void {
  switch (record.kind) {
    case 'trade':
      if (!session.more) session.push = session.trades.length;
      session.more = record.more;
      session.trades = withRoom(session.trades);
      return appendTrade(session.trades, record);
    case 'bar':
    case 'hole':
    case 'advance':
    case 'release':
    case 'series':
      session.push = -1;
      session.others.push({ at: session.trades.length, event: record });
      return;
    case 'gap':
      session.gaps.push(record.hole);
      return;
    case 'row':
      if (!record.complete) session.incomplete.add(record.ordinal);
      return;
    case 'refused':
      if (record.row === record.row) leaveOut(session, record.row);
      return;
    default:
      return;
  }
}

/** Takes back the newest event, or its trades from `row` on, which the chain did not use. */
function leaveOut(session: Open, row: number): void {
  if (session.push < 0) {
    session.others.pop();
    return;
  }
  const used = session.push + row;
  for (let i = used; i < session.trades.length; i++)
    session.refused.push({ at: used, trade: rowOf(session.trades, i) });
  session.trades.length = used;
  session.more = false;
}

/** First and last time of what was received; NaN where nothing was. */
export function spanOf(sessions: readonly Received[]): { first: number; last: number } {
  let [first, last] = [NaN, NaN];
  for (const { trades } of sessions) {
    for (let i = 0; i < trades.length; i++) {
      const time = trades.time[i];
      if (!(time >= first)) first = time === time ? time : first;
      if (!(time <= last)) last = time === time ? time : last;
    }
  }
  return { first, last };
}
