import { ENGINE_VERSION } from 'minotaur-core';
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import type { EventFacts } from 'minotaur-core/internal/chain/contract';
import type { JournalRecord, Received, RecordedState, Recorder } from 'minotaur-core/internal/live/record';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import {
  createTradeBlock,
  rowOf,
  sliceTrades,
  TRADE_VALUES,
  type TradeBlock,
} from 'minotaur-core/internal/trades/trade';
import { createJournal } from './writer.ts';
import { nextEpoch } from './epochs.ts';
import { openJournal, type JournalEntry, type TornTail } from './reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-journal-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
const directory = (): string => join(folder, String(++made));

const plan = createPlan(
  parseConfig({ symbol: 'XY', clocks: { short: { bars: 'tick', threshold: 5 } }, features: { short: ['close'] } }),
);
const { instruments } = plan;

/** A call of a recorder, and what has to be read again of it, given what was recorded before. */
interface Call {
  write(recorder: Recorder): void;
  reads(so: SoFar): JournalRecord[];
}

/** What later records say of earlier ones. */
interface SoFar {
  readonly digest: ReturnType<typeof createRowDigest>;
  readonly times: number[];
}

/** -0 and NaN as well: the bits are what is kept. */
const double = fc.double();
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
const state: fc.Arbitrary<RecordedState> = fc.oneof(
  fc.record({ engine: bytes, predictor: bytes }),
  fc.record({ engine: bytes }),
);
const facts: fc.Arbitrary<EventFacts | undefined> = fc.option(
  fc.record(
    {
      instrument: fc.constant('XY'),
      arrival: double.filter((value) => value === value),
      origin: fc.oneof(fc.constantFrom('stream', 'repair'), text),
      maxSilence: fc.constantFrom(1e6, Infinity),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

function receivedOf({ arrival = NaN, origin = '', maxSilence = NaN }: EventFacts = {}): Received {
  return { instrument: 0, origin: { text: origin, maxSilence }, arrival: arrival as number };
}

const block = fc
  .array(fc.tuple(double, double, double, double, fc.uint32Array({ minLength: 4, maxLength: 4 })), { maxLength: 600 })
  .map((rows): TradeBlock => {
    const made = createTradeBlock(rows.length);
    made.length = rows.length;
    rows.forEach((row, i) => {
      TRADE_VALUES.forEach((name, k) => (made[name][i] = row[k] as number));
      made.id.set(row[4], 4 * i);
    });
    return made;
  });

const pushed = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: block.map((all) => sliceTrades(all, 0, Math.min(1, all.length))) }, block),
    facts,
    fc.boolean(),
  )
  .map(([trades, told, each]): Call => {
    // A time for each trade, or one for all.
    const arrivals = each && told?.arrival !== undefined ? Float64Array.from(trades.time, (_, i) => i) : undefined;
    const given = arrivals ? { ...told, arrival: arrivals } : told;
    return {
      write: (recorder) => recorder.trades(trades, given),
      reads: () =>
        Array.from({ length: trades.length }, (_, i) => ({
          kind: 'trade' as const,
          ...rowOf(trades, i),
          ...receivedOf(arrivals ? { ...told, arrival: arrivals[i] } : told),
          more: i + 1 < trades.length,
        })),
    };
  });

const barOf = (values: readonly number[]): GivenBar => {
  const [open_time, close_time, open, high, low, close, volume] = values;
  return { open_time, close_time, open, high, low, close, volume };
};
const given = fc
  .tuple(fc.array(double, { minLength: 7, maxLength: 7 }).map(barOf), fc.constantFrom('', 'given', 'zwölf'), facts)
  .map(([bar, clock, told]): Call => {
    return {
      write: (recorder) => recorder.bar(bar, clock === '' ? told : { ...told, clock }),
      reads: () => [{ kind: 'bar', bar, clock, ...receivedOf(told) }],
    };
  });

const advance = fc.tuple(double, facts).map(([time, told]): Call => {
  return {
    write: (recorder) => recorder.advance(time, told),
    reads: () => [{ kind: 'advance', time, ...receivedOf(told) }],
  };
});

const release = fc.tuple(double, facts).map(([time, told]): Call => {
  return {
    write: (recorder) => recorder.release(time, told),
    reads: () => [{ kind: 'release', time, ...receivedOf(told) }],
  };
});

const series = fc
  .tuple(
    fc.record({ name: text, time: double, available_at: double, values: fc.float64Array({ maxLength: 5 }) }),
    facts,
  )
  .map(([value, told]): Call => {
    return {
      write: (recorder) => recorder.series(value, told),
      reads: () => [{ kind: 'series', value, ...receivedOf(told) }],
    };
  });

/** Rows behind the beginning of a hole, as the record names them. */
function behind({ times }: SoFar, from: number): readonly [number, number] {
  let first = times.length;
  while (first > 0 && times.length - first < 1024 && times[first - 1] > from) first--;
  return [START_ROWS + first, START_ROWS + times.length];
}
const hole = fc.oneof(
  fc.record({ from: double, to: double }),
  fc.record({ from: double, to: double, missing: fc.integer({ min: 1 }) }),
);
const declared = fc.tuple(hole, facts).map(([one, told]): Call => {
  return {
    write: (recorder) => recorder.hole(one, told),
    reads: (so) => [{ kind: 'hole', hole: one, rows: behind(so, one.from), ...receivedOf(told) }],
  };
});
const gap = hole.map((one): Call => {
  return {
    write: (recorder) => recorder.gap(one),
    reads: (so) => [{ kind: 'gap', hole: one, rows: behind(so, one.from) }],
  };
});

const refused = fc.record({ what: text, row: double, where: text, message: text }).map((refusal): Call => {
  return { write: (recorder) => recorder.refused(refusal), reads: () => [{ kind: 'refused', ...refusal }] };
});

const row = fc.record({
  time: double,
  ready: fc.boolean(),
  complete: fc.boolean(),
  values: fc.float64Array({ maxLength: 9 }),
});
const rows = fc.array(row, { minLength: 1, maxLength: 3 }).map((all): Call => {
  const width = Math.min(...all.map(({ values }) => values.length));
  const cut = all.map((one) => ({ ...one, values: one.values.slice(0, width) }));
  const block = {
    count: cut.length,
    width,
    time: Float64Array.from(cut, ({ time }) => time),
    values: Float64Array.from(cut.flatMap(({ values }) => [...values])),
    ready: Float64Array.from(cut, ({ ready }) => +ready),
    complete: Float64Array.from(cut, ({ complete }) => +complete),
  };
  return {
    write: (recorder) => recorder.rows(block),
    reads({ digest, times }) {
      digest.add(block);
      return cut.map((one) => ({ kind: 'row' as const, ordinal: START_ROWS - 1 + times.push(one.time), ...one }));
    },
  };
});

const prediction = fc
  .tuple(
    fc.record(
      { time: double, probability: double, calibrated: double, signal: double, complete: fc.boolean(), refusal: text },
      { requiredKeys: ['time', 'probability', 'calibrated', 'signal', 'complete'] },
    ),
    fc.nat(),
  )
  .map(([one, ordinal]): Call => {
    return {
      write: (recorder) => recorder.prediction(one, ordinal),
      reads: () => [{ kind: 'prediction', ordinal, prediction: one }],
    };
  });

const snapshot = state.map((taken): Call => {
  return {
    write: (recorder) => recorder.snapshot(taken),
    reads: ({ digest, times }) => [
      { kind: 'snapshot', rows: START_ROWS + times.length, state: { ...taken, digest: digest.state() } },
    ],
  };
});

const note = fc.tuple(text, facts).map(([words, told]): Call => {
  return {
    write: (recorder) => recorder.note(words, told),
    reads: () => [{ kind: 'note', text: words, arrival: receivedOf(told).arrival }],
  };
});

const event = fc.oneof(
  pushed,
  given,
  advance,
  release,
  series,
  declared,
  gap,
  refused,
  rows,
  prediction,
  snapshot,
  note,
);

/** Rows that the session of these tests had emitted before. */
const START_ROWS = 7;
const EPOCH = 3;

/** A session with its stop. */
function sessionOf(calls: readonly Call[], begins: RecordedState | undefined, epoch = EPOCH): Call[] {
  const of = { plan, epoch, rows: START_ROWS };
  const start: Call = {
    write: (recorder) => recorder.start(begins === undefined ? of : { ...of, state: begins }),
    reads({ digest }) {
      const kept = begins && { ...begins, digest: digest.state() };
      return [{ kind: 'start', epoch, instruments, rows: START_ROWS, state: kept }];
    },
  };
  const stop: Call = { write: (recorder) => recorder.stop(), reads: () => [{ kind: 'stop' }] };
  return [start, ...calls, stop];
}

const session = fc
  .tuple(fc.option(state, { nil: undefined }), fc.array(event, { minLength: 10, maxLength: 60 }))
  .map(([begins, calls]) => sessionOf(calls, begins));

/** What a journal of these calls has to give. */
function expected(calls: readonly Call[]): JournalRecord[] {
  const so: SoFar = { digest: createRowDigest(), times: [] };
  return calls.flatMap((call) => call.reads(so));
}

function write(recorder: Recorder, calls: readonly Call[]): void {
  for (const call of calls) call.write(recorder);
}

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
  const calls = sessionOf(
    fc.sample(
      fc.tuple(pushed, given, advance, declared, rows, prediction, refused, gap, note, release, series, snapshot),
      { seed: 9, numRuns: 1 },
    )[0],
    undefined,
  );
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
  assert.throws(() => openJournal(path), /expected a journal: segments named/);
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
