/** The header, byte by byte as numpy.lib.format.write_array (2.4.6, version 1.0) writes it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createNpyWriter, FLOAT32, FLOAT64, INT64, INT8, npyHeader, type NpyType } from './npy.ts';

const cases: readonly (readonly [type: NpyType, shape: readonly number[], text: string])[] = [
  [INT64, [3], "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }"],
  [FLOAT32, [12, 680], "{'descr': '<f4', 'fortran_order': False, 'shape': (12, 680), }"],
  [FLOAT32, [0, 2], "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2), }"],
  [INT8, [5], "{'descr': '|i1', 'fortran_order': False, 'shape': (5,), }"],
  [FLOAT64, [1000000], "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000,), }"],
];
for (const [type, shape, text] of cases) {
  test(`header of ${type.dtype} [${shape.join(', ')}]`, () => {
    const expected = `\x93NUMPY\x01\x00v\x00${text.padEnd(117)}\n`;
    assert.equal(npyHeader(type, shape).toString('latin1'), expected);
  });
}

test('rows appended in pieces follow the header, whose shape counts them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-npy-'));
  try {
    const path = join(folder, 'a.npy');
    const writer = createNpyWriter(path, FLOAT32, 2);
    writer.append(Float32Array.of(1, 2, 3, 4));
    writer.append(Float32Array.of(9, 5, 6, 9).subarray(1, 3));
    assert.deepEqual(writer.finish(), [3, 2]);
    writer.abort();
    const bytes = readFileSync(path);
    assert.deepEqual(bytes.subarray(0, 128), npyHeader(FLOAT32, [3, 2]));
    assert.deepEqual(
      [...new Float32Array(bytes.buffer.slice(bytes.byteOffset + 128, bytes.byteOffset + bytes.length))],
      [1, 2, 3, 4, 5, 6],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
