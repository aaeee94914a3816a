/** What is said of keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memorySide } from '../sides/side.ts';
import { compareSides } from '../table/compare.ts';
import type { Comparison } from '../table/report.ts';

const time = Float64Array.from({ length: 60 }, (_, i) => 1.7e15 + i * 60e6);
const side = (name: string, at: Float64Array, values = at.map((_, i) => i)) =>
  memorySide(name, { time: at, values }, ['time']);
const told = ({ findings }: Comparison): string[] => findings.map(({ name }) => name);

test('rows without a time are no rows that are equal', async () => {
  const more = Float64Array.from([...time, NaN, NaN, NaN, NaN, NaN]);
  const found = await compareSides(side('a', time), side('b', more));
  assert.deepEqual([found.equal, told(found)], [false, ['rows left out']]);
  assert.match(found.findings[0].text, /^5 rows have no key in B/);
});
