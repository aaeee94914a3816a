import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTable } from './table.ts';

test('a table keeps what was added while it grows, and starts anew when cleared', () => {
  const table = createTable();
  for (let round = 0; round < 2; round++) {
    for (let row = 0; row < 1000; row++) {
      const at = table.extend(1, 3);
      table.values.set([row, row + 0.25, row + 0.5], at);
      table.times[row] = 10 * row + round;
    }
    assert.equal(table.times.length, 1000);
    assert.equal(table.values.length, 3000);
    for (let row = 0; row < 1000; row++) {
      assert.deepEqual([...table.values.subarray(3 * row, 3 * row + 3)], [row, row + 0.25, row + 0.5]);
      assert.equal(table.times[row], 10 * row + round);
    }
    table.clear();
    assert.equal(table.times.length + table.values.length, 0);
  }
});
