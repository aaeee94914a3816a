/** The Python reader of examples/python against messages of every kind. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { crc32, zstdDecompressSync } from 'node:zlib';
import { idNumber } from 'minotaur-core/internal/trades/id';
import { encodeEvents } from '../packages/minotaur/src/bus/codec/events.ts';
import { encodePredictions, encodeRows } from '../packages/minotaur/src/bus/codec/rows.ts';
import { encodeSnapshot } from '../packages/minotaur/src/bus/codec/snapshots.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';

const PYTHON = process.env['PYTHON'] ?? 'python3';
const PROGRAM = fileURLToPath(new URL('../examples/python/minotaur_bus.py', import.meta.url));
const missing = spawnSync(PYTHON, ['--version']).status === 0 ? false : 'no Python';
const canUnpack = spawnSync(PYTHON, ['-c', 'import zstandard']).status === 0;

/** The same message with its body as it is, for a Python without zstd. */
function unpacked(message: Uint8Array): Uint8Array {
  if (message[6] === 0 || canUnpack) return message;
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 36 + message[7];
  for (let texts = 0; texts < 2; texts++) at += 2 + view.getUint16(at, true);
  const plain = Buffer.concat([message.subarray(0, at), zstdDecompressSync(message.subarray(at))]);
  plain[6] = 0;
  plain.writeUInt32LE(crc32(plain.subarray(12), crc32(plain.subarray(0, 8))), 8);
  return plain;
}

test('Python reads what was written', { skip: missing }, () => {
  const origin = { text: 'stream', maxSilence: 60e6 };
  const [block] = simulate({ trades: 300, seed: 4 });
  const hole = {
    kind: 'hole',
    instrument: 0,
    origin,
    arrival: 7,
    hole: { from: 1, to: 2, missing: 3 },
    rows: [0, 0],
  } as const;
  const bar = {
    kind: 'bar',
    instrument: 0,
    origin,
    arrival: 7,
    clock: 'c',
    bar: { open_time: 1, close_time: 2, open: 3, high: 4, low: 5, close: 6, volume: 7 },
  } as const;
  const value = { name: 'funding', time: 5, available_at: 6, values: Float64Array.of(0.25, 0.5) };
  const series = { kind: 'series', instrument: 0, origin, arrival: 7, value } as const;
  const advance = { kind: 'advance', instrument: 0, origin, arrival: 7, time: 9 } as const;
  const trades = {
    kind: 'trades',
    instrument: 0,
    origin,
    block,
    arrival: block.time.slice(0, 300).map((time) => time + 1500),
  } as const;
  const of = { schemaId: 'ab'.repeat(32), chain: 'BTCUSDT', epoch: 1, first: 40 };
  const rows = [{ time: 5, ready: true, complete: false, values: Float64Array.of(1.5, -2) }];
  const prediction = { time: 5, probability: 0.25, calibrated: 0.5, signal: 1, complete: true };
  const messages = [
    encodeEvents({
      chain: 'BTCUSDT',
      epoch: 1,
      first: 40,
      instruments: ['BTCUSDT'],
      events: [trades, hole, bar, series, advance],
    }),
    encodeRows({ ...of, rows, digest: new Uint8Array(32).fill(9) }),
    encodePredictions({ ...of, predictions: [prediction] }),
    encodeSnapshot({
      ...of,
      events: 8,
      offset: 7,
      covered: 6,
      floor: 5,
      digest: new Uint8Array(32),
      engine: Uint8Array.of(1, 2),
      predictor: new Uint8Array(0),
    }),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-python-'));
  try {
    const files = messages.map((message, i) => {
      const file = join(folder, String(i));
      writeFileSync(file, unpacked(message));
      return file;
    });
    const { stdout, stderr, status } = spawnSync(PYTHON, [PROGRAM, ...files], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const [events, given, predicted, snapshot] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, never>);
    const [first, ...others] = events['events'] as unknown as Record<string, unknown>[];
    for (const name of ['time', 'price', 'quantity', 'side'] as const)
      assert.deepEqual(first[name], [...block[name].subarray(0, 300)]);
    assert.deepEqual(
      first['id'],
      Array.from({ length: 300 }, (_, i) => idNumber(block.id, i)),
    );
    assert.deepEqual(first['arrival'], [...trades.arrival]);
    assert.deepEqual(first['origin'], { text: 'stream', max_silence: 60e6 });
    assert.deepEqual(
      others.map(({ kind }) => kind),
      ['hole', 'bar', 'series', 'advance'],
    );
    assert.deepEqual(others[1]['bar'], bar.bar);
    assert.deepEqual(others[2]['values'], [0.25, 0.5]);
    assert.deepEqual(given['rows'], [{ time: 5, ready: true, complete: false, values: [1.5, -2] }]);
    assert.deepEqual(
      [given['schema'], given['digest'], given['first'], given['epoch']],
      [of.schemaId, '09'.repeat(32), 40, 1],
    );
    assert.deepEqual(predicted['predictions'], [{ ...prediction, refusal: '' }]);
    assert.deepEqual(
      [snapshot['events'], snapshot['offset'], snapshot['covered'], snapshot['floor'], snapshot['engine']],
      [8, 7, 6, 5, '0102'],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
