/** What is written into a bus: trades of files, or what a journal recorded. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import type { ReceivedTrade } from 'minotaur-core/internal/live/record';
import { instrumentsOf, withInstrument } from 'minotaur-core/internal/trades/instrument';
import { appendTrade, createTradeBlock, sliceTrades, TRADE_COLUMNS } from 'minotaur-core/internal/trades/trade';
import type { BusEvent } from '../../bus/codec/events.ts';
import type { EventSource } from '../../bus/worker/produce.ts';
import { sourceOptions } from '../../files/trades/source-options.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import { openJournal, type Journal, type JournalEntry } from '../../journal/reader.ts';
import { pushesIn, type RecordedPush } from '../../journal/pushes.ts';

/** Files are read as they are: a silence may last for years. */
const OF_FILES = { text: '', maxSilence: Infinity } as const;

/** Trades of files, the chain of which is called `chain`: its only instrument. */
export function tradesSource(config: Config, chain: string, files: readonly string[]): EventSource {
  if (instrumentsOf(config).length > 1)
    fail('config', '--trades', 'a configuration of one instrument (others are written from a journal)', 'of several');
  const options = sourceOptions(withInstrument(config, chain));
  return {
    chain,
    instruments: [chain],
    async *events() {
      const source = await openTrades(files, options);
      try {
        for await (const { block } of source.blocks()) {
          // The next block is read into the same memory while this one waits to be written.
          const own = createTradeBlock(block.length);
          own.length = block.length;
          const whole = sliceTrades(block, 0, block.length);
          for (const name of TRADE_COLUMNS) own[name].set(whole[name]);
          yield { kind: 'trades', instrument: 0, origin: OF_FILES, block: own, arrival: undefined } as const;
        }
      } finally {
        source.close();
      }
    },
  };
}

/** What the one session of a journal used, all kinds of events; `chain` names it. */
export function journalSource(directory: string, chain: string | undefined): EventSource {
  const journal = openJournal(directory);
  const { value: first } = journal.records().next() as IteratorResult<JournalEntry, undefined>;
  if (first === undefined) return fail('input', directory, 'a journal with a session', 'none');
  const { instruments } = first.header;
  const names = instruments.map((one) => one.name);
  if (chain === undefined && names.length > 1)
    fail('config', '--chain', `a name for the chain of ${names.join(', ')}`, 'none');
  const named = chain ?? names[0];
  return {
    chain: named,
    instruments: names.length === 1 ? [named] : names,
    *events() {
      requireOneSession(directory, journal);
      for (const push of pushesIn(journal.records())) yield* eventsOf(push);
    },
  };
}

/** A session that goes on after another has died records again what it is told again: it would stand in the log twice. */
function requireOneSession(directory: string, journal: Journal): void {
  let isFirst = true;
  for (const { record, segment, byte, header } of journal.records()) {
    const starts = record.kind === 'start';
    if (isFirst && !starts)
      fail('input', directory, 'a journal from the start of its session on', 'one that begins later');
    if (!isFirst && starts) {
      const found = `another that starts at ${segment} byte ${byte} (epoch ${header.epoch})`;
      fail('input', directory, 'a journal of one session', found);
    }
    isFirst = false;
  }
}

/** What of a push the session had used. */
function* eventsOf({ trades, other, refused }: RecordedPush): Generator<BusEvent> {
  if (other !== undefined && refused === undefined) yield other;
  const used = refused === undefined ? trades : trades.slice(0, refused.row);
  if (used.length === 0) return;
  const [{ instrument, origin }] = used;
  const block = createTradeBlock(used.length);
  for (const trade of used) appendTrade(block, trade);
  yield { kind: 'trades', instrument, origin, block, arrival: arrivalsOf(used) };
}

function arrivalsOf(trades: readonly ReceivedTrade[]): Float64Array | undefined {
  const given = trades.some(({ arrival }) => arrival === arrival);
  return given ? Float64Array.from(trades, ({ arrival }) => arrival) : undefined;
}
