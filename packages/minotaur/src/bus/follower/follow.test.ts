import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { recordEngine } from 'minotaur-core/internal/live/recording';
import { copyTrades, sliceTrades } from 'minotaur-core/internal/trades/trade';
import { memoryLog } from '../../../../../test/memory-log.ts';
import { createJournal } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { createChains } from '../worker/chains.ts';
import { startWorker } from '../worker/worker.ts';
import { followJournal } from './follow.ts';
import {
  COUNT,
  market,
  arrivalOf,
  steps,
  drive,
  engineOf,
  goOn,
  optionsOf,
  rowsOnRecord,
  eventNames,
  workedRows,
  config,
  HELD,
} from '../../../../../test/followed.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-follow-'));
after(() => rmSync(folder, { recursive: true, force: true }));

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
