import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { RowBlock } from './align.ts';
import { createRowDigest } from './digest.ts';

interface OneRow {
  readonly time: number;
  readonly values: readonly number[];
  readonly ready: number;
  readonly complete: number;
}

function blockOf(rows: readonly OneRow[]): RowBlock {
  return {
    count: rows.length,
    width: 2,
    time: Float64Array.from(rows, (row) => row.time),
    values: Float64Array.from(rows.flatMap((row) => row.values)),
    ready: Float64Array.from(rows, (row) => row.ready),
    complete: Float64Array.from(rows, (row) => row.complete),
  };
}

/** As it is written down, by another implementation. */
function chained(rows: readonly OneRow[]): string {
  const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
  let d: Uint8Array = new Uint8Array(32);
  for (const { time, values, ready, complete } of rows) {
    const row = Float64Array.from([time, ...values, ready + (complete === 1 ? 0 : 2)]);
    d = sha256(Buffer.concat([d, sha256(new Uint8Array(row.buffer))]));
  }
  return Buffer.from(d).toString('hex');
}

const flag = fc.constantFrom(0, 1);
const row = fc.record({
  time: fc.nat(),
  values: fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true })),
  ready: flag,
  complete: flag,
});

test('the digest is a chain of hashes, whatever the blocks, and goes on from where it stood', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), fc.nat(20), (rows, at) => {
      const whole = createRowDigest();
      whole.add(blockOf(rows));
      assert.equal(whole.hex(), chained(rows));
      const first = createRowDigest();
      for (const one of rows.slice(0, at)) first.add(blockOf([one]));
      const second = createRowDigest(undefined, first.state());
      second.add(blockOf(rows.slice(at)));
      assert.equal(second.hex(), whole.hex());
    }),
  );
});

test('without rows it is zeros; what is no link is refused', () => {
  assert.equal(createRowDigest().hex(), '0'.repeat(64));
  assert.throws(() => createRowDigest(undefined, new Uint8Array(31)), /digest: expected 32 bytes, found 31/);
});

test('a state is a copy: it stays when rows come', () => {
  const digest = createRowDigest();
  const state = digest.state();
  digest.add(blockOf([{ time: 1, values: [2, 3], ready: 1, complete: 1 }]));
  assert.deepEqual([...state], [...new Uint8Array(32)]);
});
