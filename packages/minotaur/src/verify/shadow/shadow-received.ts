/** The events of a journal, session by session, as far as its chain used them. */
import type { Hole } from 'minotaur-core/internal/chain/contract';
import type { JournalRecord, ReceivedTrade, RecordedState, SingleEvent } from 'minotaur-core/internal/live/record';
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
  /** In the order of the plan's instruments. */
  readonly lanes: readonly ReceivedLane[];
  /** What was used, in the order in which it came. */
  readonly steps: readonly Step[];
  /** What the chain found missing in the ids. */
  readonly gaps: readonly { readonly lane: number; readonly hole: Hole }[];
  /** Ordinals of the rows that went out as incomplete. */
  readonly incomplete: ReadonlySet<number>;
}

/** The trades of one instrument. */
export interface ReceivedLane {
  /** Those that were used: what was refused is left out. */
  readonly trades: TradeBlock;
  /** What was refused, each before trade `at` of those that were used. */
  readonly refused: readonly { readonly at: number; readonly trade: TradeRow }[];
}

/** Trades [from, to) of an instrument. */
export interface TradeStep {
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

/** A bar, a hole, a watermark, a release or a row of a series. */
interface EventStep {
  readonly lane: number;
  readonly event: SingleEvent;
}

export type Step = TradeStep | EventStep;

/** A session under way. */
interface Open extends Received {
  readonly lanes: { trades: TradeBlock; readonly refused: { at: number; trade: TradeRow }[] }[];
  readonly steps: Step[];
  readonly gaps: { lane: number; hole: Hole }[];
  readonly incomplete: Set<number>;
  /** Of the newest event. */
  lane: number;
  /** Where the trades of the newest push begin in their lane; -1 where another event is the newest. */
  push: number;
  /** Whether it goes on with the next trade. */
  more: boolean;
}

function open(instruments: number, state: RecordedState | undefined, rows: number, epoch?: number): Open {
  const lanes = Array.from({ length: instruments }, () => ({ trades: createTradeBlock(4096), refused: [] }));
  const newest = { lane: 0, push: -1, more: false };
  return { state, epoch, rows, lanes, steps: [], gaps: [], incomplete: new Set(), ...newest };
}

/** The sessions of a journal; trades are kept in memory, 48 bytes each, and as much again where instruments take turns. */
export function collectReceived(entries: Iterable<ShadowEntry>, instruments: number): Received[] {
  const sessions: Received[] = [];
  let session: Open | undefined;
  for (const { record } of entries) {
    if (record.kind === 'start') sessions.push((session = open(instruments, record.state, record.rows, record.epoch)));
    else if (record.kind === 'snapshot' && session === undefined)
      sessions.push((session = open(instruments, record.state, record.rows)));
    else if (record.kind === 'stop') session = undefined;
    else if (session !== undefined) take(session, record);
  }
  return sessions;
}

function take(session: Open, record: JournalRecord): void {
  switch (record.kind) {
    case 'trade':
      return takeTrade(session, record);
    case 'bar':
    case 'hole':
    case 'advance':
    case 'release':
    case 'series':
      session.push = -1;
      session.lane = record.instrument;
      session.steps.push({ lane: record.instrument, event: record });
      return;
    case 'gap':
      session.gaps.push({ lane: session.lane, hole: record.hole });
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

function takeTrade(session: Open, trade: ReceivedTrade): void {
  const { steps } = session;
  const lane = session.lanes[trade.instrument];
  const from = lane.trades.length;
  if (!session.more) session.push = from;
  session.more = trade.more;
  session.lane = trade.instrument;
  lane.trades = withRoom(lane.trades);
  appendTrade(lane.trades, trade);
  const last = steps.at(-1);
  if (last !== undefined && 'to' in last && last.lane === trade.instrument)
    steps[steps.length - 1] = { ...last, to: from + 1 };
  else steps.push({ lane: trade.instrument, from, to: from + 1 });
}

/** Takes back the newest event, or its trades from `row` on, which the chain did not use. */
function leaveOut(session: Open, row: number): void {
  const { steps } = session;
  const last = steps.pop();
  if (session.push < 0 || last === undefined || !('to' in last)) return;
  const { trades, refused } = session.lanes[last.lane];
  const used = session.push + row;
  for (let i = used; i < trades.length; i++) refused.push({ at: used, trade: rowOf(trades, i) });
  trades.length = used;
  if (used > last.from) steps.push({ ...last, to: used });
  session.more = false;
}

/** First and last time of what was received; NaN where nothing was. */
export function spanOf(sessions: readonly Received[]): { first: number; last: number } {
  let [first, last] = [NaN, NaN];
  for (const { trades } of sessions.flatMap(({ lanes }) => lanes)) {
    for (let i = 0; i < trades.length; i++) {
      const time = trades.time[i];
      if (!(time >= first)) first = time === time ? time : first;
      if (!(time <= last)) last = time === time ? time : last;
    }
  }
  return { first, last };
}
