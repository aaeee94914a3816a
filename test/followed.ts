/** A session that is recorded, driven step by step, and what a follower and a worker make of its record. */
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Feed } from 'minotaur-core/internal/chain/contract';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import type { Row } from 'minotaur-core/internal/rows/row';
import { setId } from 'minotaur-core/internal/trades/id';
import { copyTrades, sliceTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import type { MemoryLog } from './memory-log.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { nextEpoch } from '../packages/minotaur/src/journal/epochs.ts';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { recoverEngine, resumeEngine } from '../packages/minotaur/src/journal/recover.ts';
import { createJournal, type JournalWriter } from '../packages/minotaur/src/journal/writer.ts';
import { createEngine } from '../packages/minotaur/src/node/engine.ts';
import { open } from '../packages/minotaur/src/bus/codec/envelope.ts';
import { decodeEvents } from '../packages/minotaur/src/bus/codec/events.ts';
import { decodeRows } from '../packages/minotaur/src/bus/codec/rows.ts';
import { createRowReader } from '../packages/minotaur/src/bus/recovery/reader.ts';
import { createChains } from '../packages/minotaur/src/bus/worker/chains.ts';
import { startWorker } from '../packages/minotaur/src/bus/worker/worker.ts';
import type { FollowOptions } from '../packages/minotaur/src/bus/follower/follow.ts';

export const config = parseConfig({
  symbol: 'AAA',
  clocks: { short: { bars: 'tick', threshold: 7 }, '1min': { bars: 'time', every: '1min' } },
  features: { short: ['close', 'ema(close, 3)'], '1min': ['volume'] },
});
export const COUNT = 2000;
export const market = copyTrades([...simulate({ trades: COUNT, seed: 4 })][0]);
for (let i = 400; i < COUNT; i++) setId(market.id, i, i + 4);

/** What happens, in order: the arrival of each says which it is. */
type Step = (feed: Feed<unknown>, arrival: number) => void;
export const steps: Step[] = [];
for (let i = 0; i < COUNT; i += 1) {
  if (i % 50 === 20) {
    // A push of several trades, of which one is refused, now and then.
    const some = copyTrades(sliceTrades(market, i, i + 4));
    if (i % 100 === 20) some.time[2] = market.time[0] - 1;
    steps.push((feed, arrival) => void feed.push(some, { arrival, origin: 'stream' }));
    i += 3;
  } else
    steps.push(
      (feed, arrival) => void feed.push(tradeAt(market, i), { arrival, origin: i % 9 < 7 ? 'stream' : 'rest' }),
    );
  if (i % 97 === 0) steps.push((feed, arrival) => void feed.push(tradeAt(market, 0), { arrival }));
  if (i % 61 === 0) steps.push((feed, arrival) => void feed.advance(market.time[i] + 1, { arrival, origin: 'clock' }));
  if (i % 211 === 0) steps.push((feed) => void feed.hole({ from: market.time[i], to: market.time[i] + 5 }));
}
export const arrivalOf = (step: number): number => market.time[0] + 1e9 + 1000 * step;
export const HELD = { segmentBytes: 40_000, bufferBytes: 1500 };

/** Does steps from `from` to `to`; what is refused is refused. Behind every third nothing follows at once. */
export function drive(feed: Feed<unknown>, from: number, to: number): void {
  for (let i = from; i < Math.min(to, steps.length); i++) {
    try {
      steps[i](feed, arrivalOf(i));
    } catch {
      // A session that goes on.
    }
    if (i % 3 === 0) recorders.get(feed)?.settle();
  }
}

const recorders = new WeakMap<Feed<unknown>, JournalWriter>();

function recordedIn(journal: string, epoch?: number): RecordedEngine {
  const recorder = createJournal(journal, HELD);
  const engine = recordEngine(recorder, (sinks) => createEngine(config, sinks, { epoch }));
  recorders.set(engine, recorder);
  return engine;
}

export const engineOf = (journal: string): RecordedEngine => recordedIn(journal, nextEpoch(journal));

/** The step behind the newest on record. */
export function nextStep(journal: string): number {
  let arrival = arrivalOf(-1);
  for (const { record } of openJournal(journal).records())
    if (record.kind === 'trade' || record.kind === 'advance') if (record.arrival > arrival) arrival = record.arrival;
  return Math.round((arrival - arrivalOf(0)) / 1000) + 1;
}

export async function goOn(journal: string): Promise<RecordedEngine> {
  const found = await recoverEngine(openJournal(journal), (sinks) => createEngine(config, sinks));
  assert.ok(found);
  const engine = recordedIn(journal);
  await resumeEngine(engine, found);
  return engine;
}

export function optionsOf(log: MemoryLog, journal: string, over: Partial<FollowOptions> = {}): FollowOptions {
  const { signal } = new AbortController();
  return { log, journal, bus: 'desk', follows: false, batch: 40, signal, end: signal, ...over };
}

/** Rows on record, by epoch and ordinal. */
export function rowsOnRecord(journal: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const { record, header } of openJournal(journal).records()) {
    if (record.kind !== 'row') continue;
    const { time, values, ready, complete } = record;
    rows.set(`${header.epoch}:${record.ordinal}`, { time, values, ready, complete });
  }
  return rows;
}

/** What names each event of a log, messages that were written again aside: its kind, its arrival, its id. */
export function eventNames(log: MemoryLog): string[] {
  const names: string[] = [];
  for (const { value, offset } of log.records('events')) {
    const opened = open(value, `events at ${offset}`);
    if (opened.kind !== 'events') continue;
    const { first, events } = decodeEvents(opened, `events at ${offset}`);
    const own = events.flatMap((event) =>
      event.kind !== 'trades'
        ? [`${event.kind} ${event.arrival}`]
        : Array.from({ length: event.block.length }, (_, i) =>
            ['trade', event.arrival?.[i], ...event.block.id.subarray(4 * i, 4 * i + 4)].join(' '),
          ),
    );
    assert.ok(first <= names.length, 'events are missing');
    names.push(...own.slice(names.length - first));
  }
  return names;
}

/** Rows that a worker makes of a log, each once. */
export async function workedRows(log: MemoryLog): Promise<Map<string, Row>> {
  const worker = await startWorker({ log, feed: log, chains: createChains(config), group: 'g', snapshotSeconds: 0.05 });
  while (worker.status().begun === 0 || (await worker.lag()) > 0) await setTimeout(5);
  await worker.stop();
  assert.deepEqual(worker.status().halted, []);
  const reader = createRowReader();
  const rows = new Map<string, Row>();
  for (const { value, offset } of log.records('rows')) {
    const batch = decodeRows(value, `rows at ${offset}`);
    const { first, rows: fresh } = reader.take(batch, `rows at ${offset}`);
    fresh.forEach((row, i) => rows.set(`${batch.epoch}:${first + i}`, row));
  }
  return rows;
}
