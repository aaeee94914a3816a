import { ENGINE_VERSION } from 'minotaur-core';
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import type { JournalRecord, Recorder } from 'minotaur-core/internal/live/record';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { appendTrade, createTradeBlock, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { createJournal } from './writer.ts';
import { openJournal, type JournalEntry, type TornTail } from './reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-journal-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
const directory = (): string => join(folder, String(++made));

const plan = createPlan(
  parseConfig({ clocks: { short: { bars: 'tick', threshold: 5 } }, features: { short: ['close'] } }),
);

/** Writes one record through the door that a session uses. */
function write(recorder: Recorder, record: JournalRecord): void {
  switch (record.kind) {
    case 'start':
      return recorder.start(plan, record.state);
    case 'trade':
      return recorder.trade(blockOf(record), 0, record.arrival, record.more);
    case 'bar':
      return recorder.bar(record.bar, record.clock, record.arrival);
    case 'advance':
      return recorder.advance(record.time, record.arrival);
    case 'refused':
      return recorder.refused(record.message);
    case 'row': {
      const one = {
        time: Float64Array.of(record.time),
        ready: Float64Array.of(+record.ready),
        complete: Float64Array.of(1),
      };
      return recorder.rows({ count: 1, width: record.values.length, values: record.values, ...one });
    }
    case 'prediction':
      return recorder.prediction(record.prediction);
    case 'snapshot':
      return recorder.snapshot(record.state);
    case 'stop':
      return recorder.stop();
  }
}

function blockOf(trade: JournalRecord & { kind: 'trade' }): TradeBlock {
  const block = createTradeBlock(1);
  appendTrade(block, trade);
  return block;
}

const double = fc.double();
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
const state = fc.oneof(fc.record({ engine: bytes, predictor: bytes }), fc.record({ engine: bytes }));
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const barOf = (values: readonly number[]): GivenBar => {
  const [open_time, close_time, open, high, low, close, volume] = values;
  return { open_time, close_time, open, high, low, close, volume };
};

const event: fc.Arbitrary<JournalRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('trade' as const),
    time: double,
    id: fc.uint32Array({ minLength: 4, maxLength: 4 }),
    price: double,
    quantity: double,
    side: double,
    arrival: double,
    more: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('bar' as const),
    bar: fc.array(double, { minLength: 7, maxLength: 7 }).map(barOf),
    clock: fc.constantFrom('', 'given', 'zwölf'),
    arrival: double,
  }),
  fc.record({ kind: fc.constant('advance' as const), time: double, arrival: double }),
  fc.record({ kind: fc.constant('refused' as const), message: text }),
  fc.record({
    kind: fc.constant('row' as const),
    time: double,
    ready: fc.boolean(),
    values: fc.array(double, { maxLength: 9 }).map((values) => Float64Array.from(values)),
  }),
  fc.record({
    kind: fc.constant('prediction' as const),
    prediction: fc.oneof(
      fc.record({ time: double, probability: double, calibrated: double, signal: double, complete: fc.constant(true) }),
      fc.record({
        time: double,
        probability: double,
        calibrated: double,
        signal: double,
        complete: fc.constant(true),
        refusal: text,
      }),
    ),
  }),
  fc.record({ kind: fc.constant('snapshot' as const), state }),
);

const session = fc
  .tuple(
    fc.record({ kind: fc.constant('start' as const), state: fc.option(state, { nil: undefined }) }),
    fc.array(event, { minLength: 10, maxLength: 60 }),
  )
  .map(([start, events]): JournalRecord[] => [start, ...events, { kind: 'stop' }]);

function keep(
  path: string,
  records: readonly JournalRecord[],
  sizes: { segmentBytes?: number; bufferBytes?: number } = {},
): void {
  const recorder = createJournal(path, sizes);
  for (const one of records) write(recorder, one);
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
  if (value instanceof Float64Array) return [...value].map(bits);
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
    fc.property(session, sizes, (records, limits) => {
      const path = directory();
      keep(path, records, limits);
      const found = read(path);
      assert.deepEqual(found.records.map(bits), records.map(bits));
      assert.deepEqual(found.torn, []);
      segments += readdirSync(path).length;
    }),
    { numRuns: 60 },
  );
  assert.ok(segments > 120, `${segments} segments: they rotated`);
});

/** A small journal of one segment, and where each of its records ends. */
function small(): { path: string; file: string; bytes: Buffer; ends: number[]; records: JournalRecord[] } {
  const path = directory();
  const trade = {
    kind: 'trade',
    time: 1,
    id: Uint32Array.of(2, 0, 0, 0),
    price: 3,
    quantity: 4,
    side: -1,
    arrival: 7,
    more: false,
  } as const;
  const records: JournalRecord[] = [
    { kind: 'start', state: undefined },
    trade,
    { kind: 'advance', time: 9, arrival: 9 },
    { kind: 'row', time: 9, ready: true, values: Float64Array.of(1.5, NaN) },
    {
      kind: 'prediction',
      prediction: { time: 9, probability: NaN, calibrated: NaN, signal: NaN, complete: true, refusal: 'not ready' },
    },
    { ...trade, id: Uint32Array.of(3, 0, 0, 0) },
    { kind: 'snapshot', state: { engine: Uint8Array.of(1, 2, 3) } },
  ];
  keep(path, records);
  const file = join(path, '00000001.journal');
  const content = readFileSync(file);
  const starts = read(path).entries.map(({ byte }) => byte);
  return { path, file, bytes: content, ends: [...starts.slice(1), content.length], records };
}

test('cut at any byte, a journal is readable up to the last whole record, and the tail is told', () => {
  const { path, file, bytes: whole, ends, records } = small();
  const first = read(path).entries[0].byte;
  for (let length = 0; length <= whole.length; length += length < first - 100 ? 13 : 1) {
    writeFileSync(file, whole.subarray(0, length));
    const found = read(path);
    const count = ends.filter((end) => end <= length).length;
    assert.deepEqual(found.records.map(bits), records.slice(0, count).map(bits), `cut at ${length}`);
    const at = length < first ? 0 : (ends[count - 1] ?? first);
    const tail = length === at && length >= first ? [] : [{ segment: file, byte: at, bytes: length - at }];
    assert.deepEqual(found.torn, tail, `cut at ${length}`);
  }
});

test('a byte that is flipped anywhere is found; before the last record it is an error that names segment and byte', () => {
  const { path, file, bytes: whole, ends, records } = small();
  const last = ends.at(-2) as number;
  const first = read(path).entries[0].byte;
  for (let at = 0; at < whole.length; at += at > 24 && at < first - 100 ? 37 : 1) {
    for (const mask of [1, 128]) {
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
  damaged[ends[2] + 30] ^= 4;
  writeFileSync(file, damaged);
  assert.throws(
    () => read(path),
    new RegExp(`00000001\\.journal byte ${ends[2]}: expected a record as it was written`),
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
  keep(path, [{ kind: 'start', state: undefined }, { kind: 'stop' }]);
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
  const advances = Array.from({ length: 30 }, (_, i): JournalRecord => ({ kind: 'advance', time: i, arrival: i }));
  keep(path, [{ kind: 'start', state: undefined }, ...advances, { kind: 'stop' }], { segmentBytes: 1000 });
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
  const begin = kept.length - 16 - 32 * Math.floor((kept.length - 16 - headerEnd(kept)) / 32);
  writeFileSync(second, Buffer.concat([kept.subarray(0, begin), kept.subarray(begin + 32)]));
  assert.throws(() => read(path), /00000002\.journal byte \d+: expected record 0 of the segment, found record 1/);
});

const headerEnd = (segment: Buffer): number => 24 + Math.ceil(segment.readUInt32LE(12) / 8) * 8;

test('what is no journal is told', () => {
  const path = directory();
  assert.throws(() => openJournal(path), /expected the directory of a journal/);
  createJournal(path);
  assert.throws(() => openJournal(path), /expected a journal: segments named/);
  writeFileSync(join(path, '00000001.journal'), 'something else entirely');
  assert.throws(() => read(path), /00000001\.journal byte 0: expected a segment of a journal/);
});
