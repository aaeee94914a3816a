/** What a journal holds, push by push: an event, whether it was refused, and what of its rows is on record. */
import type { SeriesRow } from 'minotaur-core/internal/bars/series';
import type { EventFacts, Feed } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import {
  factsOf,
  type JournalRecord,
  type Origin,
  type ReceivedTrade,
  type Refusal,
  type SeriesValue,
  type SingleEvent,
} from 'minotaur-core/internal/live/record';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { appendTrade, createTradeBlock, sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { JournalEntry } from './reader.ts';

/** One call of a session: the trades of a push, or another event. */
export interface RecordedPush {
  /** In order; none where it is another event. */
  readonly trades: readonly ReceivedTrade[];
  /** A bar, a row of a series, a hole, a watermark or a release; absent where it is of trades. */
  readonly other: SingleEvent | undefined;
  /** Why the session refused it; its trades before `row` were used. */
  refused: Refusal | undefined;
  /** Whether the record was cut off within it. */
  cut: boolean;
  /** Ordinal behind the newest row on record after it; NaN where it has none. */
  rows: number;
  /** Predictions on record after it. */
  predictions: number;
}

/** Whether a record is one event by itself. */
export function isSingleEvent(record: JournalRecord): record is SingleEvent {
  const { kind } = record;
  return kind === 'bar' || kind === 'advance' || kind === 'hole' || kind === 'release' || kind === 'series';
}

/** Groups the records of a session, and of those behind it, in order: no push goes on in the next. */
export function* pushesIn(entries: Iterable<Omit<JournalEntry, 'header'>>): Generator<RecordedPush> {
  let push: RecordedPush | undefined;
  let trades: ReceivedTrade[] = [];
  const begin = (other: SingleEvent | undefined): RecordedPush => {
    trades = [];
    return { trades, other, refused: undefined, cut: false, rows: NaN, predictions: 0 };
  };
  for (const { record } of entries) {
    if (record.kind === 'trade') {
      if (push?.cut !== true) {
        if (push !== undefined) yield push;
        push = begin(undefined);
      }
      trades.push(record);
      push.cut = record.more;
    } else if (isSingleEvent(record) || record.kind === 'start') {
      if (push !== undefined) yield push;
      push = isSingleEvent(record) ? begin(record) : undefined;
    } else if (push !== undefined) note(push, record);
  }
  if (push !== undefined) yield push;
}

function note(push: RecordedPush, record: JournalRecord): void {
  if (record.kind === 'row') push.rows = record.ordinal + 1;
  if (record.kind === 'prediction') push.predictions++;
  if (record.kind === 'refused' && record.row === record.row) push.refused = record;
}

/** The chain that takes events now. */
type TakenBy = Pick<Plan, 'instruments' | 'clocks'>;

/** Hands `feed` what of a push the session had used. */
export function repeat<Out>(feed: Feed<Out>, { trades, other, refused }: RecordedPush, plan: TakenBy): Out | undefined {
  if (other !== undefined) return refused === undefined ? repeatEvent(feed, other, plan) : undefined;
  const used = refused === undefined ? trades.length : refused.row;
  if (used === 0) return undefined;
  const block = blockOf(trades);
  const { facts, arrivals } = pushFacts(trades, plan.instruments);
  return feed.push(sliceTrades(block, 0, used), { ...facts, arrival: arrivals?.subarray(0, used) });
}

/** Hands `feed` an event that is none of trades. */
export function repeatEvent<Out>(feed: Feed<Out>, event: SingleEvent, plan: TakenBy): Out {
  const facts = factsOf(event, plan.instruments);
  switch (event.kind) {
    case 'advance':
      return feed.advance(event.time, facts);
    case 'hole':
      return feed.hole(event.hole, facts);
    case 'release':
      return feed.release(event.time, facts);
    case 'series':
      return feed.pushSeries(event.value.name, rowOf(event.value, plan), facts);
    case 'bar':
      return feed.pushBar(event.bar, event.clock === '' ? facts : { ...facts, clock: event.clock });
  }
}

/** A row of a series, its values by the names that the chain has for them. */
function rowOf({ name, time, available_at: available, values }: SeriesValue, { clocks }: TakenBy): SeriesRow {
  const source = clocks.find((clock) => clock.name === name)?.source;
  const names = source?.type === 'series' ? source.values : [];
  const row = Object.fromEntries(names.map((value, v) => [value, values[v]]));
  return { ...row, time, ...(available === available ? { available_at: available } : {}) };
}

function blockOf(trades: readonly ReceivedTrade[]): TradeBlock {
  const block = createTradeBlock(trades.length);
  for (const trade of trades) appendTrade(block, trade);
  return block;
}

/** Facts of the trades of one push, which share all but their arrivals. */
function pushFacts(
  trades: readonly ReceivedTrade[],
  instruments: readonly Instrument[],
): { facts: EventFacts; arrivals: Float64Array | undefined } {
  const facts = factsOf(trades[0], instruments);
  const given = trades.some(({ arrival }) => arrival === arrival);
  return { facts, arrivals: given ? Float64Array.from(trades, ({ arrival }) => arrival) : undefined };
}

/** Whether two events were told the same, but for when they arrived. */
export function sameOrigin(a: Origin, b: Origin): boolean {
  return a === b || (a.text === b.text && Object.is(a.maxSilence, b.maxSilence));
}
