import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Feed } from 'minotaur-core/internal/chain/contract';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import type { Row } from 'minotaur-core/internal/rows/row';
import { setId } from 'minotaur-core/internal/trades/id';
import { copyTrades, sliceTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { memoryLog, type MemoryLog } from '../../../../../test/memory-log.ts';
import { simulate } from '../../files/simulate.ts';
import { nextEpoch, segmentNumbers } from '../../journal/epochs.ts';
import { KIND, segmentName } from '../../journal/format.ts';
import { rawRecords } from '../../journal/raw-records.ts';
import { openJournal } from '../../journal/reader.ts';
import { recoverEngine, resumeEngine } from '../../journal/recover.ts';
import { createJournal, type JournalWriter } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { open } from '../codec/envelope.ts';
import { decodeEvents } from '../codec/events.ts';
import { decodeRows } from '../codec/rows.ts';
import { createRowReader } from '../recovery/reader.ts';
import { createChains } from '../worker/chains.ts';
import { startWorker } from '../worker/worker.ts';
import { followJournal, followOn, type FollowOptions } from './follow.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-follow-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const config = parseConfig({
  symbol: 'AAA',
  clocks: { short: { bars: 'tick', threshold: 7 }, '1min': { bars: 'time', every: '1min' } },
  features: { short: ['close', 'ema(close, 3)'], '1min': ['volume'] },
});
const COUNT = 2000;
const market = copyTrades([...simulate({ trades: COUNT, seed: 4 })][0]);
for (let i = 400; i < COUNT; i++) setId(market.id, i, i + 4);

/** What happens, in order: the arrival of each says which it is. */
type Step = (feed: Feed<unknown>, arrival: number) => void;
const steps: Step[] = [];
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
const arrivalOf = (step: number): number => market.time[0] + 1e9 + 1000 * step;
const HELD = { segmentBytes: 40_000, bufferBytes: 1500 };

/** Does steps from `from` to `to`; what is refused is refused. Behind every third nothing follows at once. */
function drive(feed: Feed<unknown>, from: number, to: number): void {
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

const engineOf = (journal: string): RecordedEngine => recordedIn(journal, nextEpoch(journal));

/** The step behind the newest on record. */
function nextStep(journal: string): number {
  let arrival = arrivalOf(-1);
  for (const { record } of openJournal(journal).records())
    if (record.kind === 'trade' || record.kind === 'advance') if (record.arrival > arrival) arrival = record.arrival;
  return Math.round((arrival - arrivalOf(0)) / 1000) + 1;
}

async function goOn(journal: string): Promise<RecordedEngine> {
  const found = await recoverEngine(openJournal(journal), (sinks) => createEngine(config, sinks));
  assert.ok(found);
  const engine = recordedIn(journal);
  await resumeEngine(engine, found);
  return engine;
}

function optionsOf(log: MemoryLog, journal: string, over: Partial<FollowOptions> = {}): FollowOptions {
  const { signal } = new AbortController();
  return { log, journal, bus: 'desk', follows: false, batch: 40, signal, end: signal, ...over };
}

/** Rows on record, by epoch and ordinal. */
function rowsOnRecord(journal: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const { record, header } of openJournal(journal).records()) {
    if (record.kind !== 'row') continue;
    const { time, values, ready, complete } = record;
    rows.set(`${header.epoch}:${record.ordinal}`, { time, values, ready, complete });
  }
  return rows;
}

/** What names each event of a log, messages that were written again aside: its kind, its arrival, its id. */
function eventNames(log: MemoryLog): string[] {
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
async function workedRows(log: MemoryLog): Promise<Map<string, Row>> {
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

test('a journal of one session, of which trades were refused: a worker makes the rows of the session', async () => {
  const journal = join(folder, 'whole');
  const engine = engineOf(journal);
  drive(engine, 0, steps.length);
  engine.stop();
  const log = memoryLog();
  const { events, before } = await followJournal(optionsOf(log, journal));
  assert.ok(events > COUNT, String(events));
  assert.equal(before, 0);
  const again = await followJournal(optionsOf(log, journal));
  assert.deepEqual([again.events, again.before, again.bytes], [events, events, 0]);
  const expected = rowsOnRecord(journal);
  assert.ok(expected.size > 200, `${expected.size} rows`);
  assert.deepEqual(await workedRows(log), expected);
});

test('a session that begins in a state: the epoch of the bus begins in it, for workers that run and for those that come', async () => {
  const journal = join(folder, 'warm');
  const past = createEngine(config);
  drive(past, 0, 900);
  const engine = recordEngine(createJournal(journal, HELD), (sinks) => createEngine(config, sinks));
  engine.restore(past.snapshot(), { epoch: 3 });
  drive(engine, 900, 1400);
  engine.stop();
  const log = memoryLog();
  const early = await startWorker({ log, feed: log, chains: createChains(config), group: 'g', snapshotSeconds: 0.02 });
  await followJournal(optionsOf(log, journal));
  while (early.status().begun === 0 || (await early.lag()) > 0) await setTimeout(5);
  await early.stop();
  const expected = rowsOnRecord(journal);
  assert.ok([...expected.keys()].every((key) => key.startsWith('3:')) && !expected.has('3:0'));
  assert.deepEqual(await workedRows(log), expected);
  // A worker of a log that has nothing but events.
  const other = memoryLog();
  await followJournal(optionsOf(other, journal));
  assert.deepEqual(await workedRows(other), expected);
});

test('another journal than the one whose events the bus has is refused by name', async () => {
  const log = memoryLog();
  for (const [name, from] of [
    ['one', 0],
    ['other', 100],
  ] as const) {
    const engine = engineOf(join(folder, name));
    drive(engine, from, from + 300);
    engine.stop();
  }
  await followJournal(optionsOf(log, join(folder, 'one')));
  await assert.rejects(followJournal(optionsOf(log, join(folder, 'other'))), /AAA: expected a source whose event/);
});

function newestSegment(journal: string) {
  const number = segmentNumbers(journal).at(-1) ?? 0;
  const path = join(journal, segmentName(number));
  return { number, path, size: statSync(path).size };
}

/** Where rows stand in a segment: cut off there, the event before has none. */
function rowsIn(path: string): number[] {
  return [...rawRecords(readFileSync(path), path)].flatMap(({ kind, byte }) => (kind === KIND.row ? [byte] : []));
}

/** Goes on with a journal, and is killed as soon as the start is on record. */
async function beginAndKill(journal: string): Promise<boolean> {
  const before = newestSegment(journal).number;
  await goOn(journal);
  const { number, path } = newestSegment(journal);
  const [, event] = rawRecords(readFileSync(path), path);
  if (number === before || event === undefined) return false;
  truncateSync(path, event.byte);
  return true;
}

/** Sessions that are killed while a follower, killed too, writes what they record; the log goes away now and then. */
async function killed(seed: number) {
  const uniform = mulberry32(seed);
  const journal = join(folder, `killed-${seed}`);
  const log = memoryLog();
  let [kills, twice, noted] = [0, 0, 0];
  let engine = engineOf(journal);
  let at = 0;
  const troubles: string[] = [];
  while (at < steps.length) {
    const [signal, end] = [new AbortController(), new AbortController()];
    const options = { signal: signal.signal, end: end.signal, follows: true };
    const followed = followOn(optionsOf(log, journal, options), ({ message }) => troubles.push(message));
    for (let pieces = 1 + Math.floor(uniform() * 6); pieces > 0; pieces--) {
      const to = at + Math.floor(uniform() * 90);
      drive(engine, at, to);
      at = to;
      log.away = uniform() < 0.2;
      await setTimeout(uniform() * 60);
      log.away = false;
    }
    // Killed in the midst of it, or once it has noted how far it is.
    if (uniform() < 0.5) end.abort();
    else signal.abort();
    await followed;
    if (signal.signal.aborted) noted++;
    kills++;
    // What a follower may have written is on the disk; of what came since, any part may be lost, and what was held back is.
    const known = newestSegment(journal);
    drive(engine, at, at + Math.floor(uniform() * 60));
    if (uniform() < 0.2) engine.stop();
    const { number, path, size } = newestSegment(journal);
    const least = number === known.number ? known.size : 600;
    const rows = rowsIn(path).filter((byte) => byte >= least);
    if (uniform() < 0.4 && rows.length > 0) truncateSync(path, rows[Math.floor(uniform() * rows.length)]);
    else if (uniform() < 0.7 && size > least) truncateSync(path, Math.floor(least + uniform() * (size - least)));
    for (let again = 0; again < 2 && uniform() < 0.5; again++) if (await beginAndKill(journal)) twice++;
    engine = await goOn(journal);
    at = nextStep(journal);
  }
  engine.stop();
  await followJournal(optionsOf(log, journal));
  return { journal, log, kills, twice, noted, troubles };
}

test('sessions and followers that are killed anywhere: nothing is lost and nothing comes twice', async () => {
  for (const seed of [1, 2, 3, 14]) {
    const { journal, log, kills, twice, noted, troubles } = await killed(seed);
    assert.ok(kills > 3 && twice > 0 && noted > 0, `${kills} kills, ${twice} at a start, ${noted} places`);
    assert.ok(existsSync(join(journal, 'bus.json')));
    assert.deepEqual(troubles, []);
    assert.deepEqual(await workedRows(log), rowsOnRecord(journal), `seed ${seed}`);
    const names = eventNames(log).filter((name) => !name.startsWith('hole'));
    assert.equal(new Set(names).size, names.length, `seed ${seed}`);
  }
});

test('a session that goes on and ends without an event of its own: the newest events of the one before, which was killed, are given', async () => {
  const journal = join(folder, 'idle');
  const first = engineOf(journal);
  drive(first, 0, 300);
  // Rows go out with it, so that it is on record; then the session is killed.
  first.push(copyTrades(sliceTrades(market, 380, 390)), { arrival: arrivalOf(300), origin: 'stream' });
  const idle = await goOn(journal);
  idle.snapshot();
  idle.stop();
  const log = memoryLog();
  await followJournal(optionsOf(log, journal));
  const expected = rowsOnRecord(journal);
  assert.deepEqual(await workedRows(log), expected);
  // One that goes on then neither lacks them nor gives them twice.
  const later = await goOn(journal);
  drive(later, 420, 600);
  later.stop();
  await followJournal(optionsOf(log, journal));
  assert.deepEqual(await workedRows(log), rowsOnRecord(journal));
  const names = eventNames(log).filter((name) => !name.startsWith('hole'));
  assert.equal(new Set(names).size, names.length);
});
