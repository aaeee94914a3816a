/** Where a follower says that reading may begin anew, and what becomes of journals that cannot be read. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { MinotaurError } from 'minotaur-core/internal/base/errors';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import { copyTrades, sliceTrades, tradeAt, type Trade } from 'minotaur-core/internal/trades/trade';
import { memoryLog, type MemoryLog } from '../../../../../test/memory-log.ts';
import { simulate } from '../../files/simulate.ts';
import { segmentName } from '../../journal/format.ts';
import { openJournal } from '../../journal/reader.ts';
import { recoverEngine } from '../../journal/recover.ts';
import { createJournal, type JournalWriter } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { open } from '../codec/envelope.ts';
import { decodeEvents } from '../codec/events.ts';
import { followJournal, followOn, isFinal, type FollowOptions, type FollowStatus } from './follow.ts';
import { bytesBehind } from './journal-tail.ts';
import { firstSegmentForBus, readPlaceFile } from './place-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-place-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const config = { symbol: 'AAA', clocks: { s: { bars: 'tick', threshold: 7 } }, features: { s: ['close'] } };
const SEVERAL = {
  instruments: { AAA: {}, BBB: {} },
  clocks: { a: { bars: 'tick', threshold: 7, of: 'AAA' }, b: { bars: 'tick', threshold: 7, of: 'BBB' } },
  features: { a: ['close'], b: ['close'] },
} as const;
const market = copyTrades([...simulate({ trades: 2000, seed: 4 })][0]);

const engineInto = (recorder: JournalWriter): RecordedEngine =>
  recordEngine(recorder, (sinks) => createEngine(config, sinks));
const sessionIn = (journal: string): RecordedEngine => engineInto(createJournal(journal, { segmentBytes: 8192 }));

/** `from` to `to`, one by one. */
function push(engine: RecordedEngine, from: number, to: number): void {
  for (let i = from; i < to; i++) engine.push(tradeAt(market, i), { arrival: market.time[i] });
}

interface Said {
  readonly recorder: JournalWriter;
  readonly engine: RecordedEngine;
}

/** Behind so many trades. */
function stateOf(trades: number): Uint8Array<ArrayBuffer> {
  const engine = createEngine(config);
  for (let i = 0; i < trades; i++) engine.push(tradeAt(market, i));
  return engine.snapshot();
}

function journalOf(name: string, trades = 1000): string {
  const journal = join(folder, name);
  const engine = sessionIn(journal);
  push(engine, 0, trades);
  engine.stop();
  return journal;
}

/** Follows what there is, and notes where that ends. */
function optionsOf(log: MemoryLog, journal: string, over: Partial<FollowOptions> = {}): FollowOptions {
  const signal = AbortSignal.abort();
  return { log, journal, bus: 'desk', follows: true, batch: 40, signal, end: new AbortController().signal, ...over };
}

/** Times of the trades in a log. */
function timesIn(log: MemoryLog): number[] {
  return log
    .records('events')
    .flatMap(({ value }) =>
      decodeEvents(open(value, 'test'), 'test').events.flatMap((event) =>
        event.kind === 'trades' ? [...event.block.time.subarray(0, event.block.length)] : [],
      ),
    );
}

test('what a session left that was killed, and nobody has said yet how it goes on, is what the bus has not got', async () => {
  const journal = join(folder, 'left');
  const first = sessionIn(journal);
  push(first, 0, 10);
  first.push(sliceTrades(market, 10, 14), { arrival: market.time[13] });
  const recorder = createJournal(journal);
  const second = engineInto(recorder);
  second.restore(stateOf(14), { recovered: true });
  // What is no trade: the session has begun, and has had no event.
  assert.throws(() => second.push({ ...tradeAt(market, 14), price: '1' } as unknown as Trade));
  const log = memoryLog();
  const placeOf = async (): Promise<{ readonly events: number; readonly behind: number }> => {
    const told: FollowStatus[] = [];
    await followJournal(optionsOf(log, journal, { onStatus: (status) => told.push(status) }));
    const { events, at } = told[told.length - 1];
    return { events, behind: bytesBehind(journal, at) };
  };
  const waiting = await placeOf();
  assert.equal(waiting.events, 10);
  assert.ok(waiting.behind > 4 * 40, `${waiting.behind} bytes behind`);
  push(second, 14, 15);
  recorder.flush();
  assert.deepEqual(await placeOf(), { events: 15, behind: 0 });
  assert.deepEqual(timesIn(log), [...market.time.subarray(0, 15)]);
});

test('a push of several trades that begins otherwise says that the one before came to its end, however long nothing follows it', async () => {
  const journal = join(folder, 'silent');
  const first = sessionIn(journal);
  push(first, 0, 10);
  first.push(sliceTrades(market, 10, 14), { arrival: market.time[13] });
  const recorder = createJournal(journal);
  const second = engineInto(recorder);
  second.restore(stateOf(14), { recovered: true });
  second.push(sliceTrades(market, 14, 20), { arrival: market.time[19] });
  recorder.flush();
  const log = memoryLog();
  const told: FollowStatus[] = [];
  await followJournal(optionsOf(log, journal, { onStatus: (status) => told.push(status) }));
  const { events, at } = told[told.length - 1];
  // Its own trades wait for what comes next.
  assert.deepEqual([events, bytesBehind(journal, at)], [14, 0]);
  push(second, 20, 21);
  second.stop();
  await followJournal(optionsOf(log, journal));
  assert.deepEqual(timesIn(log), [...market.time.subarray(0, 21)]);
});

test('the newest push of several trades is given once the record says that it has come to its end, in a market that is silent then', async () => {
  for (const [name, say] of [
    ['settled', ({ recorder }: Said): void => recorder.settle()],
    ['snapshot', ({ engine }: Said): void => void engine.snapshot()],
  ] as const) {
    const journal = join(folder, name);
    const recorder = createJournal(journal);
    const engine = engineInto(recorder);
    push(engine, 0, 10);
    engine.push(sliceTrades(market, 10, 14), { arrival: market.time[13] });
    recorder.flush();
    const log = memoryLog();
    await followJournal(optionsOf(log, journal));
    assert.equal(timesIn(log).length, 10, name);
    say({ recorder, engine });
    await followJournal(optionsOf(log, journal));
    assert.deepEqual(timesIn(log), [...market.time.subarray(0, 14)], name);
    // A push of which a trade is refused, and what the session had used of it.
    const some = copyTrades(sliceTrades(market, 14, 20));
    some.time[3] = market.time[0] - 1;
    assert.throws(() => engine.push(some, { arrival: market.time[19] }));
    say({ recorder, engine });
    await followJournal(optionsOf(log, journal));
    assert.deepEqual(timesIn(log), [...market.time.subarray(0, 17)], name);
  }
});

test('that the newest event has come to its end is said once, and only of a push of several trades', async () => {
  const journal = join(folder, 'once');
  const recorder = createJournal(journal);
  const engine = engineInto(recorder);
  const notes = (): number => [...openJournal(journal).records()].filter(({ record }) => record.kind === 'note').length;
  push(engine, 0, 10);
  recorder.settle();
  recorder.flush();
  assert.equal(notes(), 0);
  engine.push(sliceTrades(market, 10, 14), { arrival: market.time[13] });
  recorder.settle();
  recorder.settle();
  assert.equal(notes(), 1);
  const found = await recoverEngine(openJournal(journal), (sinks) => createEngine(config, sinks));
  assert.deepEqual([found?.unfinished, found?.state.engine], [undefined, engine.snapshot()]);
});

test('the place of a push of several trades is before its first: what follows a restart is written, once', async () => {
  const journal = join(folder, 'push');
  const first = sessionIn(journal);
  push(first, 0, 10);
  first.push(sliceTrades(market, 10, 14), { arrival: market.time[13] });
  const state = first.snapshot();
  first.stop();
  const log = memoryLog();
  await followJournal(optionsOf(log, journal));
  assert.equal(readPlaceFile(journal, 'desk', 'AAA')?.events, 10);
  const second = sessionIn(journal);
  second.restore(state, { recovered: true });
  push(second, 14, 30);
  second.stop();
  const { events, before } = await followJournal(optionsOf(log, journal));
  assert.deepEqual([events, before], [30, 14]);
  assert.deepEqual(timesIn(log), [...market.time.subarray(0, 30)]);
});

test('a session that begins the epoch of the bus again is refused by name, also behind a place', async () => {
  const journal = journalOf('twice', 50);
  const log = memoryLog();
  await followJournal(optionsOf(log, journal));
  const past = createEngine(config);
  for (let i = 0; i < 20; i++) past.push(tradeAt(market, i));
  const again = sessionIn(journal);
  again.restore(past.snapshot());
  push(again, 20, 30);
  again.stop();
  const said = {
    kind: 'state',
    message: /journal byte \d+: expected a session that goes on with epoch 0.* found one that begins epoch 0 again/,
  };
  await assert.rejects(followJournal(optionsOf(log, journal)), said);
  await assert.rejects(followJournal(optionsOf(memoryLog(), journal)), said);
});

test('damage in the newest segment is said at the end of a journal', async () => {
  const journal = journalOf('damaged');
  const { segments } = openJournal(journal);
  const last = segments.at(-1) ?? '';
  const bytes = readFileSync(last);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(last, bytes);
  await assert.rejects(followJournal(optionsOf(memoryLog(), journal, { follows: false })), {
    kind: 'input',
    message: /damaged bytes/,
  });
});

test('a segment that is missing is said, at the end of a journal and of one that is followed', async () => {
  const journal = journalOf('missing');
  assert.ok(openJournal(journal).segments.length > 4);
  unlinkSync(join(journal, segmentName(3)));
  const said = { kind: 'input', message: /00000003.journal: expected every segment between the first and the last/ };
  for (const over of [{ follows: false }, { signal: new AbortController().signal }])
    await assert.rejects(followJournal(optionsOf(memoryLog(), journal, over)), said);
});

test('the first segment for a bus is of that bus and chain; a note that is cut off is none', async () => {
  const journal = journalOf('noted');
  await followJournal(optionsOf(memoryLog(), journal));
  const last = openJournal(journal).segments.length;
  assert.equal(firstSegmentForBus(journal, 'desk', 'AAA'), last);
  assert.equal(firstSegmentForBus(journal, 'other', 'AAA'), 0);
  assert.equal(firstSegmentForBus(journal, 'desk', 'BBB'), 0);
  const note = join(journal, 'bus.json');
  writeFileSync(note, readFileSync(note, 'utf8').slice(0, 20));
  assert.equal(firstSegmentForBus(journal, 'desk', 'AAA'), 0);
  const { events } = await followJournal(optionsOf(memoryLog(), journal));
  assert.equal(events, 1000);
});

test('what was there before is counted of the epoch that is there, wherever reading began', async () => {
  const journal = journalOf('before', 100);
  const log = memoryLog();
  assert.equal((await followJournal(optionsOf(log, journal))).before, 0);
  assert.equal((await followJournal(optionsOf(log, journal))).before, 100);
  const next = recordEngine(createJournal(journal), (sinks) => createEngine(config, sinks, { epoch: 1 }));
  push(next, 0, 30);
  next.stop();
  const { epoch, events, before } = await followJournal(optionsOf(log, journal));
  assert.deepEqual([epoch, events, before], [1, 30, 0]);
});

test('a status is told where something changed, with what is new in it and whether the bus has answered', async () => {
  const journal = join(folder, 'told');
  const engine = sessionIn(journal);
  push(engine, 0, 100);
  engine.stop();
  const log = memoryLog();
  const told: FollowStatus[] = [];
  const onStatus = (status: FollowStatus): void => void told.push(status);
  const signal = new AbortController();
  const followed = followJournal(optionsOf(log, journal, { signal: signal.signal, onStatus }));
  const sum = (): number => told.reduce((all, status) => all + status.written, 0);
  while (sum() < 100) await setTimeout(5);
  await setTimeout(600);
  const count = told.length;
  assert.ok(count < 6, `${count} statuses in the time of twelve looks`);
  assert.equal(sum(), 100);
  assert.deepEqual(
    told.map(({ answered }) => answered),
    told.map(({ written }, i) => i === 0 || written > 0),
  );
  signal.abort();
  await followed;
  assert.equal(told.length, count);
  const again: FollowStatus[] = [];
  await followJournal(optionsOf(log, journal, { onStatus: (status) => void again.push(status) }));
  assert.deepEqual([again[0].written, again[0].answered], [0, true]);
});

test('what fails on the disk is trouble and tried again; what no trying mends ends it', async () => {
  const journal = journalOf('away', 50);
  // A directory where a segment should be.
  mkdirSync(join(journal, segmentName(2)), { recursive: true });
  const troubles: MinotaurError[] = [];
  const log = memoryLog();
  const signal = new AbortController();
  await followOn(optionsOf(log, journal, { signal: signal.signal }), (error) => {
    if (troubles.push(error) === 1) rmSync(join(journal, segmentName(2)), { recursive: true });
    signal.abort();
  });
  assert.match(troubles[0].message, /away: expected a journal that can be read into a bus, found a directory/);
  const several = join(folder, 'several');
  const engine = recordEngine(createJournal(several), (sinks) => createEngine(SEVERAL, sinks));
  engine.advance(market.time[0], { instrument: 'AAA' });
  engine.stop();
  const over = { signal: new AbortController().signal };
  await followOn(optionsOf(log, several, over), (error) => void troubles.push(error));
  assert.deepEqual([troubles.length, troubles[1].kind, isFinal(troubles[1])], [2, 'config', true]);
  assert.match(troubles[1].message, /--chain: expected a name for the chain of AAA, BBB/);
});
