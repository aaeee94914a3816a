/** Rows on record, one in place of the other: their digest is that of all of them, whenever it is asked for. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { createEngine } from '../node/engine.ts';
import { openJournal } from './reader.ts';
import { createRowRecords } from './row-records.ts';
import { createSegments } from './segments.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-rows-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const { plan } = createEngine(
  parseConfig({ clocks: { s: { bars: 'tick', threshold: 2 } }, features: { s: ['close', 'volume'] } }),
);
const WIDTH = plan.columns.length;

/** `count` rows, the first of them the row with number `from`. */
function blockOf(from: number, count: number): RowBlock {
  const number = (_: unknown, i: number): number => from + i;
  return {
    count,
    width: WIDTH,
    time: Float64Array.from({ length: count }, number),
    values: Float64Array.from({ length: count * WIDTH }, (_, i) => 1000 * from + i),
    ready: new Float64Array(count).fill(1),
    complete: Float64Array.from({ length: count }, (_, i) => (from + i) % 2),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('the digest is of every row: of blocks, of rows of one turn, of rows of several', async () => {
  const segments = createSegments(join(folder, 'all'), { segmentBytes: 1e6, bufferBytes: 1e4 });
  const rows = createRowRecords(segments);
  const start = { plan, epoch: 0, rows: 0, state: undefined };
  segments.begin(start);
  rows.begin(start);
  const whole = createRowDigest();
  const add = (from: number, count: number): void => {
    rows.add(blockOf(from, count));
    whole.add(blockOf(from, count));
  };
  assert.deepEqual(rows.digest(), whole.state());
  add(0, 1);
  add(1, 3);
  assert.deepEqual(rows.digest(), whole.state());
  add(4, 1);
  await turn();
  add(5, 1);
  await turn();
  assert.deepEqual(rows.digest(), whole.state());
  assert.equal(rows.recent.next, 6);
  // What goes on from a state is the digest of the rows behind it, whatever waited before.
  add(6, 1);
  const state = { engine: new Uint8Array(0), digest: whole.state() };
  rows.begin({ ...start, rows: 7, state });
  add(7, 2);
  assert.deepEqual(rows.digest(), whole.state());
  segments.end();
  const read = [...openJournal(join(folder, 'all')).records()].flatMap(({ record }) =>
    record.kind === 'row' ? [[record.ordinal, record.time, record.complete, ...record.values]] : [],
  );
  assert.deepEqual(
    read,
    Array.from({ length: 9 }, (_, n) => {
      const { values } = n >= 1 && n <= 3 ? blockOf(1, 3) : n >= 7 ? blockOf(7, 2) : blockOf(n, 1);
      const at = n >= 1 && n <= 3 ? n - 1 : n >= 7 ? n - 7 : 0;
      return [n, n, n % 2 === 1, ...values.subarray(at * WIDTH, (at + 1) * WIDTH)];
    }),
  );
});
