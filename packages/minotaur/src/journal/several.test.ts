/** The journal of a session of several instruments, one of whose feeds is late so that rows are let go. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { drive, make, SECOND, START, steps } from '../../../../test/several-session.ts';
import { nodeHashing } from '../node/hashing.ts';
import { pushesIn, repeat } from './pushes.ts';
import { openJournal } from './reader.ts';
import { recoverEngine, resumeEngine } from './recover.ts';
import { createJournal } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-several-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const recorded = (path: string): RecordedEngine => recordEngine(createJournal(path), make);

function whole(): { state: Uint8Array; digest: string; rows: number } {
  const digest = createRowDigest(nodeHashing);
  const engine = make({ onRows: (rows) => digest.add(rows) });
  drive(engine);
  return { state: engine.snapshot(), digest: digest.hex(), rows: engine.counts().rows };
}

const EVENTS: ReadonlySet<string> = new Set(['trade', 'hole', 'advance', 'release', 'series']);
const eventsIn = (directory: string): number =>
  [...openJournal(directory).records()].filter(({ record: { kind } }) => EVENTS.has(kind)).length;

test('a journal of several instruments, releases included, gives the same digest and the same state', () => {
  const expected = whole();
  assert.ok(expected.rows > 50);
  const path = join(folder, 'replayed');
  const live = recorded(path);
  drive(live);
  live.stop();
  const digest = createRowDigest(nodeHashing);
  const engine = make({ onRows: (rows) => digest.add(rows) });
  for (const push of pushesIn(openJournal(path).records())) repeat(engine, push, engine.plan);
  assert.equal(digest.hex(), expected.digest);
  assert.deepEqual(engine.snapshot(), expected.state);
  // Without the releases rows wait for what comes late: others go out.
  const without = createRowDigest(nodeHashing);
  const patient = make({ onRows: (rows) => without.add(rows) });
  for (const push of pushesIn(openJournal(path).records()))
    if (push.other?.kind !== 'release') repeat(patient, push, patient.plan);
  assert.notEqual(without.hex(), expected.digest);
});

test('killed at any byte, also while rows wait, a session goes on to the same state, digest and rows', async () => {
  const expected = whole();
  const path = join(folder, 'uncut');
  const engine = recorded(path);
  drive(engine, 0, 60);
  engine.snapshot();
  drive(engine, 60);
  const bytes = readFileSync(join(path, '00000001.journal'));
  const [first] = [...openJournal(path).records()];
  let waiting = 0;
  for (let cut = first.byte; cut <= bytes.length; cut += 97) {
    const directory = join(folder, `cut-${cut}`);
    mkdirSync(directory);
    writeFileSync(join(directory, '00000001.journal'), bytes.subarray(0, cut));
    const found = await recoverEngine(openJournal(directory), make);
    if (found === undefined) continue;
    const events = eventsIn(directory);
    const again = recorded(directory);
    await resumeEngine(again, found);
    if (again.counts().waitingRows > 0) waiting++;
    drive(again, events);
    assert.deepEqual(again.snapshot(), expected.state, `cut at ${cut}`);
    let digest: Uint8Array | undefined;
    const ordinals = new Set<number>();
    for (const { record } of openJournal(directory).records()) {
      if (record.kind === 'snapshot') ({ digest } = record.state);
      if (record.kind === 'row') ordinals.add(record.ordinal);
    }
    assert.equal(Buffer.from(digest ?? []).toString('hex'), expected.digest, `cut at ${cut}`);
    assert.equal(ordinals.size, expected.rows);
    rmSync(directory, { recursive: true });
  }
  assert.ok(waiting > 10, `${waiting} cuts while rows waited`);
});

test('a gap is of the instrument of the event before, and names rows that saw it: those a latency behind it', () => {
  const path = join(folder, 'gap');
  const engine = recorded(path);
  engine.push({ time: START, id: 1, price: 1, quantity: 1, buyerMaker: true }, { instrument: 'b' });
  const at = (second: number, id: number) => ({
    time: START + second * SECOND,
    id,
    price: 1,
    quantity: 1,
    buyerMaker: true,
  });
  // Rows at 0.2 s and 2 s, let out by a watermark of b before its trade shows that some are missing.
  for (const [second, id] of [
    [0.1, 1],
    [0.2, 2],
    [1, 3],
    [2, 4],
  ])
    engine.push(at(second, id), { instrument: 'a' });
  engine.advance(START + 3 * SECOND, { instrument: 'b' });
  assert.equal(engine.counts().rows, 2);
  engine.push(at(3, 9), { instrument: 'b' });
  engine.stop();
  const gaps = [...openJournal(path).records()].flatMap(({ record }) => (record.kind === 'gap' ? [record] : []));
  assert.equal(gaps.length, 1);
  // Only the second saw b as it was behind the gap's beginning; a row of 0.2 s saw it as it was before.
  assert.deepEqual(gaps[0].rows, [1, 2]);
  assert.equal(gaps[0].hole.missing, 7);
});

test('killed with SIGKILL while rows wait, the next process goes on with the same rows', async () => {
  const directory = join(folder, 'killed');
  const script = new URL('../../../../test/several-killed.ts', import.meta.url);
  const child = fork(script, [directory], { stdio: 'ignore' });
  const gone = new Promise((done) => child.once('exit', done));
  for (let tries = 0; tries < 600 && !existsSync(join(directory, 'ready')); tries++)
    await new Promise((done) => setTimeout(done, 50));
  child.kill('SIGKILL');
  await gone;
  const found = await recoverEngine(openJournal(directory), make);
  assert.ok(found !== undefined);
  const events = eventsIn(directory);
  assert.ok(events > 20 && events < steps.length, `${events} events on record`);
  const again = recorded(directory);
  await resumeEngine(again, found);
  assert.ok(again.counts().waitingRows > 0, 'rows wait');
  drive(again, events);
  assert.deepEqual(again.snapshot(), whole().state);
});
