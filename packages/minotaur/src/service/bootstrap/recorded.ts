/**
 * Trades on record as history: a session that was not ready as it ended begins anew behind what its venue's files have meanwhile, and
 * behind what it recorded itself. Only what stands without a hole up to the newest trade counts.
 */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import {
  appendTrade,
  createTradeBlock,
  tradeOfRow,
  type Trade,
  type TradeBlock,
} from 'minotaur-core/internal/trades/trade';
import type { ReceivedTrade } from 'minotaur-core/internal/live/record';
import type { Journal, JournalPlace } from '../../journal/reader.ts';
import { withoutRepeats } from '../../journal/without-repeats.ts';

/** Trades of the oldest that are compared with what is found of before. */
const COMPARED = 1000;
/** Trades that are handed over at once. */
const BLOCK = 4096;

/** What a journal has of one instrument. */
export interface Recorded {
  /** The oldest trades, as many as are compared. */
  readonly begun: readonly Trade[];
  readonly newest: Trade;
  readonly trades: number;
  /** All of them, read anew; each block is valid until the next is asked for. */
  read(): Generator<TradeBlock>;
}

/** An instrument's trades as they are found. */
interface Run {
  from: JournalPlace | undefined;
  begun: Trade[];
  newest: ReceivedTrade | undefined;
  trades: number;
}

const none = (): Run => ({ from: undefined, begun: [], newest: undefined, trades: 0 });

/** By the instrument's name: those that have any. A hole, a refused trade or another beginning ends what can be joined to the stream. */
export function recordedTrades(journal: Journal, instruments: readonly Instrument[]): ReadonlyMap<string, Recorded> {
  const runs = instruments.map(none);
  let lane = 0;
  for (const { record, segment, byte } of withoutRepeats(journal.records())) {
    if (record.kind === 'trade') {
      lane = record.instrument;
      add(runs[lane], record, { segment, byte });
    } else if (record.kind === 'hole') runs[record.instrument] = none();
    else if (record.kind === 'gap' || record.kind === 'refused') runs[lane] = none();
    else if (record.kind === 'start' && record.state?.recovered !== true) runs.forEach((_, i) => (runs[i] = none()));
  }
  return new Map(
    runs.flatMap(({ from, begun, newest, trades }, i) => {
      if (from === undefined || newest === undefined) return [];
      const read = (): Generator<TradeBlock> => readRun(journal, from, i);
      return [[instruments[i].name, { begun, newest: tradeOfRow(newest), trades, read }] as const];
    }),
  );
}

function add(run: Run, trade: ReceivedTrade, place: JournalPlace): void {
  run.from ??= place;
  run.newest = trade;
  run.trades++;
  if (run.begun.length < COMPARED) run.begun.push(tradeOfRow(trade));
}

/** The trades of an instrument from a place on. */
function* readRun(journal: Journal, from: JournalPlace, lane: number): Generator<TradeBlock> {
  let block = createTradeBlock(BLOCK);
  for (const { record } of withoutRepeats(journal.records(undefined, from))) {
    if (record.kind !== 'trade' || record.instrument !== lane) continue;
    appendTrade(block, record);
    if (block.length < BLOCK) continue;
    yield block;
    block = createTradeBlock(BLOCK);
  }
  if (block.length > 0) yield block;
}
