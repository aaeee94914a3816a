import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sealed } from '../codec/envelope.ts';
import { decodeRows, digestAfter } from '../codec/rows.ts';
import { createOutbox, ROWS_A_MESSAGE } from './outbox.ts';

const SCHEMA = 'ab'.repeat(32);
const rowsOf = (count: number, from: number) =>
  Array.from({ length: count }, (_, i) => ({
    time: from + i,
    ready: true,
    complete: true,
    values: Float64Array.of(i),
  }));
const of = (chain: string, first: number, epoch = 0) => ({ schemaId: SCHEMA, chain, epoch, first });
const entry = (chain: string, first: number, count: number, epoch = 0) => {
  const rows = rowsOf(count, first);
  return { of: of(chain, first, epoch), rows, predictions: [], digest: digestAfter(rows, undefined) };
};

test('what came while a write was on its way is a message a chain, of one epoch and no more rows than a message has', () => {
  const outbox = createOutbox();
  outbox.add(entry('A', 0, 1));
  assert.equal(outbox.next()?.messages.length, 1);
  for (const one of [entry('A', 1, 2), entry('B', 0, 1), entry('A', 3, 1), entry('A', 4, 63), entry('A', 0, 1, 1)])
    outbox.add(one);
  assert.equal(outbox.next(), undefined);
  outbox.written();
  assert.deepEqual([outbox.added, outbox.done, outbox.waiting], [6, 1, 8 * 68]);
  const read = outbox.next()?.messages.map(({ value }) => decodeRows(sealed(value), 'test')) ?? [];
  assert.deepEqual(
    read.map(({ chain, epoch, first, rows }) => [chain, epoch, first, rows.length]),
    [
      ['A', 0, 1, 3],
      ['B', 0, 0, 1],
      ['A', 0, 4, ROWS_A_MESSAGE - 1],
      ['A', 1, 0, 1],
    ],
  );
  // The digest is that of the last rows in it.
  assert.deepEqual(read[0].digest, digestAfter(rowsOf(1, 3), undefined));
  outbox.written();
  assert.deepEqual([outbox.added, outbox.done, outbox.waiting], [6, 6, 0]);
});
