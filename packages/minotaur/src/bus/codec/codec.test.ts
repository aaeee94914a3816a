import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import type { Row } from 'minotaur-core/internal/rows/row';
import { createTradeBlock, setTrade, type Trade, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../../files/simulate.ts';
import { open } from './envelope.ts';
import { decodeEvents, encodeEvents, type BusEvent, type EventBatch } from './events.ts';
import { decodePredictions, decodeRows, digestAfter, encodePredictions, encodeRows } from './rows.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshots.ts';

const SCHEMA = 'ab'.repeat(32);

const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>;

/** Doubles as feeds have them: decimals, whole numbers, and anything at all. */
const double = fc.oneof(
  fc.double(),
  fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 100),
  fc.integer({ min: 1.7e15, max: 1.8e15 }),
  fc.constantFrom(NaN, -0, 0, Infinity, -Infinity, 2 ** 51, 2 ** 53, -(2 ** 51), 5e-324, 0.1, 1e22),
);

test('a message that is larger than the room for most has the same bits', () => {
  const blocks = [...simulate({ trades: 20_000, seed: 4, blockRows: 20_000 })];
  const [block] = blocks;
  assert.equal(block.length, 20_000);
  const origin = { text: '', maxSilence: NaN };
  const event = { kind: 'trades', instrument: 0, origin, block, arrival: block.time } as const;
  const written = { chain: 'A', epoch: 0, first: 0, instruments: ['A'], events: [event] };
  assert.deepEqual(decodeEvents(encodeEvents(written), 'test'), written);
});

const trade: fc.Arbitrary<Trade> = record({
  time: double,
  price: double,
  quantity: double,
  id: fc.oneof(fc.constant(undefined), fc.nat(), fc.bigInt({ min: 0n, max: 2n ** 64n - 2n }), fc.uuid()),
  buyerMaker: fc.constantFrom(true, false, undefined, null),
});

function blockOf(trades: readonly Trade[]): TradeBlock {
  const block = createTradeBlock(trades.length);
  for (const one of trades) setTrade(block, block.length++, one);
  return block;
}

const origin = record({ text: fc.string(), maxSilence: fc.constantFrom(NaN, Infinity, 6e7) });
const received = record({ instrument: fc.nat(1), origin, arrival: double });
const event: fc.Arbitrary<BusEvent> = fc.oneof(
  record({ instrument: fc.nat(1), origin, trades: fc.array(trade, { maxLength: 20 }), arrives: fc.boolean() }).map(
    ({ trades, arrives, ...rest }): BusEvent => {
      const arrival = arrives ? Float64Array.from(trades, (_, i) => 1.7e15 + i) : undefined;
      return { kind: 'trades', ...rest, block: blockOf(trades), arrival };
    },
  ),
  fc.tuple(received, double).map(([facts, time]): BusEvent => ({ kind: 'advance', ...facts, time })),
  fc.tuple(received, double).map(([facts, time]): BusEvent => ({ kind: 'release', ...facts, time })),
  fc
    .tuple(received, double, double, fc.option(fc.nat(), { nil: undefined }))
    .map(([facts, from, to, missing]): BusEvent => {
      return { kind: 'hole', ...facts, hole: { from, to, ...(missing !== undefined && { missing }) }, rows: [0, 0] };
    }),
  fc
    .tuple(received, fc.string(), double, double, fc.array(double))
    .map(([facts, name, time, available, values]): BusEvent => {
      const value = { name, time, available_at: available, values: Float64Array.from(values) };
      return { kind: 'series', ...facts, value };
    }),
  fc.tuple(received, double, double).map(([facts, open_time, volume]): BusEvent => {
    const bar = { open_time, close_time: open_time, open: 1, high: 2, low: 3, close: 4, volume };
    return { kind: 'bar', ...facts, bar, clock: 'short' };
  }),
);

const batch: fc.Arbitrary<EventBatch> = record({
  chain: fc.string(),
  epoch: fc.nat(),
  first: fc.maxSafeNat(),
  instruments: fc.constant(['perp', 'spot']),
  events: fc.array(event, { maxLength: 8 }),
});

test('events of every kind come back as they were', () => {
  fc.assert(
    fc.property(batch, (written) => {
      const bytes = encodeEvents(written);
      const read = decodeEvents(bytes, 'test');
      assert.deepEqual(read, written);
      // deepEqual takes any NaN for another: the same bytes again say that it was the same.
      assert.deepEqual(encodeEvents(read), bytes);
    }),
  );
});

test('a thousand trades take at most seven bytes each', () => {
  let bytes = 0;
  let trades = 0;
  let first = 0;
  for (const block of simulate({ trades: 50_000, seed: 3, blockRows: 1000 })) {
    const events = [
      { kind: 'trades', instrument: 0, origin: { text: 'stream', maxSilence: NaN }, block, arrival: undefined },
    ] as const;
    bytes += encodeEvents({ chain: 'BTCUSDT', epoch: 0, first, instruments: ['BTCUSDT'], events }).length;
    trades += block.length;
    first += block.length;
  }
  assert.ok(bytes / trades <= 7, `${(bytes / trades).toFixed(2)} bytes a trade`);
});

const row: fc.Arbitrary<Row> = record({
  time: double,
  ready: fc.boolean(),
  complete: fc.boolean(),
  values: fc.array(double, { minLength: 5, maxLength: 5 }).map((list) => Float64Array.from(list)),
});
const of = { schemaId: SCHEMA, chain: 'BTCUSDT', epoch: 2, first: 70 };

test('rows, predictions and snapshots come back as they were, and say who made them', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
      const written = { ...of, rows, digest: digestAfter(rows, undefined) };
      const { engineVersion, ...read } = decodeRows(encodeRows(written), 'test');
      assert.deepEqual(read, written);
      assert.match(engineVersion, /^\d+\.\d+\.\d+/);
      assert.deepEqual(encodeRows(read), encodeRows(written));
    }),
  );
  const predictions: Prediction[] = [
    { time: 5, probability: 0.25, calibrated: 0.5, signal: 1, complete: true },
    { time: 6, probability: NaN, calibrated: NaN, signal: NaN, complete: false, refusal: 'not ready' },
  ];
  const said = decodePredictions(encodePredictions({ ...of, predictions }), 'test');
  assert.deepEqual(said.predictions, predictions);
  const place = { events: 12, offset: 3, covered: 2, floor: 1 };
  const parts = { digest: new Uint8Array(32).fill(7), engine: Uint8Array.of(1, 2, 3), predictor: new Uint8Array(0) };
  const snapshot = decodeSnapshot(encodeSnapshot({ ...of, ...place, ...parts }), 'test');
  assert.deepEqual({ ...snapshot, engineVersion: '' }, { ...of, ...place, ...parts, engineVersion: '' });
});

test('the digest of rows is the same however they were cut', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), fc.nat(8), (rows, at) => {
      const cut = digestAfter(rows.slice(at), digestAfter(rows.slice(0, at), undefined));
      assert.deepEqual(cut, digestAfter(rows, undefined));
    }),
  );
});

const decoders = { decodeEvents, decodeRows, decodePredictions, decodeSnapshot } as const;
const samples = {
  decodeEvents: encodeEvents(fc.sample(batch, { numRuns: 1, seed: 5 })[0]),
  decodeRows: encodeRows({ ...of, rows: fc.sample(row, { numRuns: 3, seed: 5 }), digest: new Uint8Array(32) }),
  decodePredictions: encodePredictions({
    ...of,
    predictions: [{ time: 5, probability: 0.25, calibrated: 0.5, signal: 1, complete: true }],
  }),
  decodeSnapshot: encodeSnapshot({
    ...of,
    events: 1,
    offset: 2,
    covered: 3,
    floor: 4,
    digest: new Uint8Array(32),
    engine: new Uint8Array(500),
    predictor: new Uint8Array(3),
  }),
} as const;

const refuses = (work: () => unknown): boolean => {
  try {
    work();
    return false;
  } catch (error) {
    // A format that is not read is a state that does not fit; all else is no message.
    if (!(error instanceof MinotaurError) || !['input', 'state'].includes(error.kind)) throw error;
    assert.match(error.message, /^here/);
    return true;
  }
};

test('every changed bit and every cut of a message is refused, by name', () => {
  for (const name of Object.keys(decoders) as (keyof typeof decoders)[]) {
    const sample = samples[name];
    for (let at = 0; at < sample.length; at++) {
      for (const bit of [1, 128]) {
        const changed = sample.slice();
        changed[at] ^= bit;
        assert.ok(
          refuses(() => decoders[name](changed, 'here')),
          `${name}: byte ${at}`,
        );
      }
      assert.ok(
        refuses(() => decoders[name](sample.subarray(0, at), 'here')),
        `${name}: cut at ${at}`,
      );
    }
  }
});

/** Changes bytes and writes the check sum anew: what somebody might make who means harm. */
function forged(sample: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array {
  const bytes = sample.slice();
  for (const [at, value] of changes) bytes[at % bytes.length] = value;
  const sum = crc32(bytes.subarray(12), crc32(bytes.subarray(0, 8)));
  new DataView(bytes.buffer).setUint32(8, sum, true);
  return bytes;
}

test('what was forged with the right check sum is read or refused, and nothing else happens', () => {
  let refused = 0;
  const changes = fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(decoders) as (keyof typeof decoders)[])), changes, (name, list) => {
      if (refuses(() => decoders[name](forged(samples[name], list), 'here'))) refused++;
    }),
    { numRuns: 2000 },
  );
  assert.ok(refused > 500, `${refused} of 2,000 refused`);
});

test('another kind, another format and other bytes are told apart', () => {
  const rows = samples.decodeRows;
  assert.throws(
    () => decodeEvents(rows, 'rows-1 at 5'),
    /rows-1 at 5: expected a message of events, found one of rows/,
  );
  assert.throws(() => open(forged(rows, [[4, 3]]), 'here'), /format 2, found format 3, of a newer version/);
  assert.throws(
    () => open(new TextEncoder().encode('{"price": 1}'), 'here'),
    /a message of the bus, found other bytes/,
  );
});
