/** Where experiments are done: behind the training span, at times that are whole, and for any number of rows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { ForeignTable } from '../table/table.ts';
import { COUNTS, eventRows, planAll, planFutures, planStretches } from './plan.ts';
import { referenceOf } from './reference.ts';

/** Rows of `width` symbols at each time. */
function panel(times: number, width: number): ForeignTable {
  const rows = times * width;
  const at = Float64Array.from({ length: rows }, (_, i) => 1.7e15 + Math.floor(i / width) * 6e7);
  return {
    time: 'time',
    form: 'utc',
    index: false,
    rows,
    columns: [{ name: 'time', type: 'time', values: at }],
    ordinals: Int32Array.from({ length: rows }, (_, i) => i),
    later: 0,
  };
}

test('nothing is changed in a training span that ends late', () => {
  for (const trained of [300, 650, 950, 990, 998]) {
    const planned = planFutures(1000, COUNTS, trained, mulberry32(3));
    assert.ok(planned.length >= 12, `${trained}`);
    for (const { kind, at } of planned) assert.ok(at >= trained && at < 1000, `${kind} at ${at} of ${trained}`);
  }
});

test('what is planned begins and ends with a time, behind the span', () => {
  const table = panel(120, 5);
  const says = Float64Array.from({ length: 600 }, (_, i) => (i % 59 === 3 ? 1 : 0));
  const answer = { rows: 600, columns: new Map([['says', says]]), words: [], seconds: 0, seen: [] };
  const reference = referenceOf(answer, table, table);
  assert.ok(reference);
  for (const trained of [0, 301, 588, 597])
    for (let seed = 1; seed < 20; seed++) {
      const how = { counts: COUNTS, trained, window: 52 };
      const planned = planAll(table, { reference, names: ['says'] }, how, mulberry32(seed));
      const { hole, windows, starts } = planStretches(table, how, mulberry32(seed));
      const rows = [
        ...planned.map(({ at }) => at),
        ...[hole, ...windows, ...starts].flatMap(({ from, to }) => [from, to]),
      ];
      for (const row of rows) assert.equal(row % 5, 0, `${row} of ${trained}`);
      for (const { at } of planned) assert.ok(at >= Math.max(1, trained) && at <= 600, `${at} of ${trained}`);
      assert.ok(hole.from >= trained && hole.to >= hole.from && hole.to <= 600);
    }
});

test('a column may speak in more rows than a call has room for arguments', () => {
  const many = 160_000;
  const known = Int32Array.from({ length: many }, (_, i) => i);
  const columns = new Map([['says', Float64Array.from(known)]]);
  const reference = { columns, words: [], rows: 10 * many, known, isByRow: true, doubles: 0, match: () => undefined };
  assert.equal(eventRows(reference, ['says'], 0, 1, mulberry32(1)).length, 1);
});
