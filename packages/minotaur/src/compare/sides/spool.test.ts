/** A table that is kept column by column, and cut back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSpool } from './spool.ts';

test('rows that are forgotten leave no trace, wherever in a block they began', () => {
  for (const kept of [0, 1, 8000, 8191, 8192, 8193, 16_000, 16_384, 19_999, 20_000]) {
    const spool = createSpool(2);
    try {
      const add = (from: number, to: number, sign: number): void => {
        for (let i = from; i < to; i++) spool.add([sign * i, i / 2]);
      };
      add(0, 20_000, 1);
      if (kept % 2 === 1) spool.read(1);
      // Once more than is kept, then less: what was forgotten first is not taken for what is there.
      for (const first of [16_384, 8192]) if (first >= kept) spool.keep(first);
      spool.keep(kept);
      assert.equal(spool.rows, kept);
      add(kept, 20_000, -1);
      const expected = Float64Array.from({ length: spool.rows }, (_, i) => (i < kept ? i : -i));
      assert.deepEqual(spool.read(0), expected, `${kept}`);
      const into = new Float64Array(spool.rows);
      assert.equal(spool.read(1, into), into);
      assert.ok(into.every((value, i) => value === i / 2));
    } finally {
      spool.close();
    }
  }
});
