import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { kernelSource } from '../../../../../scripts/histogram-kernel.ts';
import { mulberry32 } from '../../base/random.ts';
import { CELLS, COUNT_BYTES, createFill, createFillLoop, createMemory, SUM_BYTES, type Memory } from './kernel.ts';

test('the committed bytes are those that the script puts together', () => {
  const file = new URL('histogram-kernel.gen.ts', import.meta.url);
  assert.equal(readFileSync(file, 'utf8'), kernelSource());
});

const ROWS = 700;
const PICKED = 300;
const at = { sums: 0, counts: 4 * SUM_BYTES, pairs: 4 * (SUM_BYTES + COUNT_BYTES), rows: 0, bins: 0 };
at.rows = at.pairs + 16 * PICKED;
at.bins = at.rows + 16 * PICKED;
const BYTES = at.bins + 4 * ROWS;

/** Four columns, one of them of few values; sums that begin with something; rows in no order. */
function put({ buffer }: Memory): void {
  const random = mulberry32(3);
  const bins = new Uint8Array(buffer, at.bins, 4 * ROWS);
  for (let i = 0; i < bins.length; i++) bins[i] = random() * (i < ROWS ? 3 : CELLS);
  const sums = new Float64Array(buffer, at.sums, (4 * SUM_BYTES) / 8);
  for (let i = 0; i < sums.length; i++) sums[i] = random() - 0.5;
  const pairs = new Float64Array(buffer, at.pairs, 2 * PICKED);
  for (let i = 0; i < pairs.length; i++) pairs[i] = (random() - 0.5) * (i % 9 === 0 ? 1e9 : 1e-9);
  const rows = new Uint32Array(buffer, at.rows, PICKED);
  for (let i = 0; i < PICKED; i++) rows[i] = random() * ROWS;
}

function filled(memory: Memory, create: typeof createFill): Uint8Array {
  put(memory);
  const [a, b, c, d] = [0, 1, 2, 3].map((k) => at.bins + k * ROWS);
  create(memory)(at.sums, at.counts, a, b, c, d, at.rows, at.pairs, at.pairs + 16 * PICKED);
  return new Uint8Array(memory.buffer).slice(0, BYTES);
}

test('WebAssembly, shared or not, and the loop leave the same bytes', () => {
  const plain = { buffer: new ArrayBuffer(BYTES) };
  const loop = filled(plain, createFillLoop);
  const before = { buffer: new ArrayBuffer(BYTES) };
  put(before);
  assert.notDeepEqual(loop, new Uint8Array(before.buffer));
  assert.deepEqual(filled({ buffer: new ArrayBuffer(BYTES) }, createFill), loop, 'no memory of WebAssembly');
  for (const shared of [false, true]) {
    const memory = createMemory(BYTES, shared);
    assert.equal(memory.buffer instanceof SharedArrayBuffer, shared);
    assert.deepEqual(filled(memory, createFill), loop);
    assert.deepEqual(filled(createMemory(BYTES, shared), createFillLoop), loop);
  }
  assert.match(String(createFill(createMemory(BYTES, false))), /native code/);
});

test('more than 32 bits address is refused', () => {
  assert.throws(
    () => createMemory(4_294_967_297, false),
    /trees: expected .* 4 GiB of memory or less to train on, found 4,295 MB/,
  );
});
