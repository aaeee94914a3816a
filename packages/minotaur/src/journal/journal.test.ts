import { ENGINE_VERSION } from 'minotaur-core';
import assert from 'node:assert/strict';
import { mkdirSync, appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import type { JournalRecord } from 'minotaur-core/internal/live/record';
import { rowOf, sliceTrades } from 'minotaur-core/internal/trades/trade';
import {
  block,
  everyKind,
  expected,
  receivedOf,
  session,
  sessionOf,
  START_ROWS,
  write,
  type Call,
} from '../../../../test/journal-calls.ts';
import { createJournal } from './writer.ts';
import { nextEpoch } from './epochs.ts';
import { openJournal, type JournalEntry } from './reader.ts';
import type { TornTail } from './raw-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-journal-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
const directory = (): string => join(folder, String(++made));

function keep(path: string, calls: readonly Call[], sizes: { segmentBytes?: number; bufferBytes?: number } = {}): void {
  const recorder = createJournal(path, sizes);
  write(recorder, calls);
  recorder.flush();
}

function read(path: string): { records: JournalRecord[]; entries: JournalEntry[]; torn: TornTail[] } {
  const torn: TornTail[] = [];
  const entries = [...openJournal(path).records((tail) => torn.push(tail))];
  return { records: entries.map((entry) => entry.record), entries, torn };
}

/** Bits of everything in a record, so that 0 is not -0. */
function bits(value: unknown): unknown {
  if (typeof value === 'number') return Buffer.from(Float64Array.of(value).buffer).toString('hex');
  if (value instanceof Float64Array || Array.isArray(value)) return Array.from(value, bits);
  if (value instanceof Uint32Array) return [...value].join();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, bits(part)]));
}

test('what is recorded is read again, to the bit, for any sizes of segments and buffers', () => {
  const sizes = fc.record({
    segmentBytes: fc.integer({ min: 1, max: 3000 }),
    bufferBytes: fc.integer({ min: 1, max: 500 }),
  });
  let segments = 0;
  fc.assert(
    fc.property(session, sizes, (calls, limits) => {
      const path = directory();
      keep(path, calls, limits);
      const found = read(path);
      assert.deepEqual(found.records.map(bits), expected(calls).map(bits));
      assert.deepEqual(found.torn, []);
      segments += readdirSync(path).length;
    }),
    { numRuns: 60 },
  );
  assert.ok(segments > 120, `${segments} segments: they rotated`);
});

/** One advance, to the microsecond. */
const advanceTo = (time: number): Call => ({
  write: (recorder) => recorder.advance(time),
  reads: () => [{ kind: 'advance', time, ...receivedOf() }],
});

/** Where records begin, declarations of origins too; the last is where the file ends. */
function framesOf(content: Buffer): number[] {
  const frames = [headerEnd(content)];
  for (let at = frames[0]; at < content.length; frames.push(at)) at += 16 + content.readUInt32LE(at);
  return frames;
}

/** A small journal of one segment, with every kind of record but the last two. */
function small(): { path: string; file: string; bytes: Buffer; frames: number[]; records: JournalRecord[] } {
  const path = directory();
  const calls = sessionOf(fc.sample(everyKind, { seed: 9, numRuns: 1 })[0], undefined);
  // A push of more trades than one record holds would be long to cut at every byte.
  const few = sliceTrades(fc.sample(block, { seed: 5, numRuns: 1 })[0], 0, 3);
  const many: Call = {
    write: (recorder) => recorder.trades(few, { origin: 'stream' }),
    reads: () =>
      [0, 1, 2].map((i) => ({
        kind: 'trade' as const,
        ...rowOf(few, i),
        ...receivedOf({ origin: 'stream' }),
        more: i < 2,
      })),
  };
  // Neither a stop nor an end: as a kill leaves it.
  const cut = [...calls.slice(0, 1), many, ...calls.slice(1, -1), advanceTo(5)];
  keep(path, cut);
  const file = join(path, '00000001.journal');
  const content = readFileSync(file);
  return { path, file, bytes: content, frames: framesOf(content), records: expected(cut) };
}

test('cut at any byte, a journal is readable up to the last whole record, and the tail is told', () => {
  const { path, file, bytes: whole, frames, records } = small();
  const { entries } = read(path);
  const [first] = frames;
  for (let length = 0; length <= whole.length; length += length < first - 100 ? 13 : 1) {
    writeFileSync(file, whole.subarray(0, length));
    const found = read(path);
    const at = frames.findLast((frame) => frame <= length) ?? 0;
    const count = entries.filter(({ byte }) => byte < at).length;
    assert.deepEqual(found.records.map(bits), records.slice(0, count).map(bits), `cut at ${length}`);
    const tail = length === at && length >= first ? [] : [{ segment: file, byte: at, bytes: length - at }];
    assert.deepEqual(found.torn, tail, `cut at ${length}`);
  }
});

test('a byte that is flipped anywhere is found; before the last record it is an error that names segment and byte', () => {
  const { path, file, bytes: whole, frames, records } = small();
  const last = frames.at(-2) as number;
  const [first] = frames;
  for (let at = 0; at < whole.length; at += at > 24 && at < first - 100 ? 37 : 1) {
    for (const mask of [1 << (at % 8)]) {
      const damaged = Buffer.from(whole);
      damaged[at] ^= mask;
      writeFileSync(file, damaged);
      if (at >= last + 12) {
        // The body of the last record, and its checksum: as after a crash.
        const found = read(path);
        assert.equal(found.records.length, records.length - 1);
        assert.deepEqual(found.torn, [{ segment: file, byte: last, bytes: whole.length - last }]);
      } else
        assert.throws(() => read(path), { name: 'MinotaurError', message: /00000001\.journal byte \d+/ }, `byte ${at}`);
    }
  }
  const damaged = Buffer.from(whole);
  damaged[frames[2] + 30] ^= 4;
  writeFileSync(file, damaged);
  assert.throws(
    () => read(path),
    new RegExp(`00000001\\.journal byte ${frames[2]}: expected a record as it was written`),
  );
});

test('zeros behind the last record are a torn tail: a file may grow before its bytes are there', () => {
  const { path, file, records } = small();
  appendFileSync(file, Buffer.alloc(4096));
  const found = read(path);
  assert.equal(found.records.length, records.length);
  assert.equal(found.torn[0].bytes, 4096);
});

test('a session after a crash begins a segment of its own', () => {
  const { path, file, bytes: whole, records } = small();
  writeFileSync(file, whole.subarray(0, whole.length - 5));
  keep(path, sessionOf([], { engine: Uint8Array.of(1) }));
  assert.deepEqual(readdirSync(path), ['00000001.journal', '00000002.journal']);
  const found = read(path);
  assert.deepEqual(
    found.records.map(({ kind }) => kind),
    [...records.slice(0, -1).map(({ kind }) => kind), 'start', 'stop'],
  );
  assert.equal(found.torn.length, 1);
});

test('segments and records that are missing are errors', () => {
  const path = directory();
  keep(
    path,
    sessionOf(
      Array.from({ length: 100 }, (_, i) => advanceTo(i)),
      undefined,
    ),
    { segmentBytes: 2000 },
  );
  const names = readdirSync(path).sort();
  assert.ok(names.length > 4, names.join());
  const second = join(path, names[1]);
  const kept = readFileSync(second);
  rmSync(second);
  assert.throws(() => read(path), /00000002\.journal: expected every segment between the first and the last/);
  // Without its last record the segment has no end, and what follows is no session's start.
  writeFileSync(second, kept.subarray(0, kept.length - 16));
  assert.throws(() => read(path), /00000003\.journal byte \d+: expected a session that starts/);
  // A record taken out of the middle.
  const { header } = read(small().path).entries[0];
  assert.equal(header.engineVersion, ENGINE_VERSION);
  const [begin, next] = framesOf(kept);
  writeFileSync(second, Buffer.concat([kept.subarray(0, begin), kept.subarray(next)]));
  assert.throws(() => read(path), /00000002\.journal byte \d+: expected record 0 of the segment, found record 1/);
});

const headerEnd = (segment: Buffer): number => 24 + Math.ceil(segment.readUInt32LE(12) / 8) * 8;

test('what is no journal is told', () => {
  const path = directory();
  assert.throws(() => openJournal(path), /expected the directory of a journal/);
  createJournal(path);
  assert.throws(() => openJournal(path), /expected a journal: segments named .*found none$/);
  for (const name of ['journal-1', 'journal-2', 'other']) mkdirSync(join(path, name));
  for (const name of ['journal-1', 'journal-2']) writeFileSync(join(path, name, '00000001.journal'), 'x');
  assert.throws(() => openJournal(path), /found none; there is one in .*journal-2$/);
  writeFileSync(join(path, '00000001.journal'), 'something else entirely');
  assert.throws(() => read(path), /00000001\.journal byte 0: expected a segment of a journal/);
});

test('a cold start and another history behind a snapshot are epochs of their own; rows keep their names', () => {
  const path = directory();
  keep(path, sessionOf([], undefined, 0));
  assert.equal(nextEpoch(path), 1);
  const again = sessionOf([], undefined, 0);
  assert.throws(() => keep(path, again), /expected a cold start in epoch 1 or later .*, found epoch 0/);
  keep(path, sessionOf([], undefined, 1));
  const taken = { engine: Uint8Array.of(1) };
  keep(path, sessionOf([], taken, 1));
  assert.throws(() => keep(path, sessionOf([], taken, 0)), /expected a state of epoch 1, the newest on record/);
  keep(path, sessionOf([], taken, 2));
  const epochs = read(path).records.filter(({ kind }) => kind === 'epoch');
  assert.deepEqual(epochs, [
    { kind: 'epoch', epoch: 1, before: 0, row: START_ROWS, why: 'a cold start' },
    { kind: 'epoch', epoch: 2, before: 1, row: START_ROWS, why: 'another history behind a snapshot' },
  ]);
  assert.equal(nextEpoch(path), 3);
  assert.equal(nextEpoch(directory()), 0);
});

test('a journal of another format is refused by name, by readers and writers', () => {
  const { path, file, bytes: whole } = small();
  for (const [format, found] of [
    [1, /expected a journal of format 2, found format 1, of an older version: the version that wrote it reads it/],
    [3, /expected a journal of format 2, found format 3, of a newer version/],
  ] as const) {
    const other = Buffer.from(whole);
    other.writeUInt32LE(format, 8);
    other.writeUInt32LE(crc32(other.subarray(0, 20)), 20);
    writeFileSync(file, other);
    assert.throws(() => read(path), found);
    assert.throws(() => createJournal(path), found);
  }
});
