import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameBits } from '../base/canonical.ts';
import { columnTransform } from './by-column.ts';
import { learnColumn } from './column.ts';
import type { ColumnSpec } from './spec.ts';
import { createTransform } from './transform.ts';

const training = Float64Array.from({ length: 200 }, (_, i) => (i % 17 === 0 ? NaN : (i * 37) % 101));
const spec: ColumnSpec = { log1p: true, clip: [0.05, 0.95], wasClipped: true, impute: 'median', scale: 'robust' };

for (const wasClipped of [true, false]) {
  test(`a column at once has the bits of row after row, ${wasClipped ? 'its flag beside it' : 'alone'}`, () => {
    const learned = learnColumn('x', training, { ...spec, wasClipped });
    const { columns, apply } = createTransform([learned], ['x']);
    const rows = new Float64Array(training.length * columns.length);
    apply(training, training.length, rows);
    const outputs = columnTransform(learned)(training);
    assert.equal(outputs.length, columns.length);
    outputs.forEach((output, k) => {
      const expected = rows.filter((_, i) => i % columns.length === k);
      assert.ok(output.every((value, i) => sameBits(value, expected[i])));
    });
    if (wasClipped)
      assert.deepEqual(
        [...new Set(outputs[1])].sort((a, b) => a - b),
        [0, 1],
      );
  });
}
