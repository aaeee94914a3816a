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

test('missing rows are told beside as many repeated rows on both sides', async () => {
  const repeated = Float64Array.from([...time, ...time.slice(0, 9)]).sort();
  const fewer = repeated.filter((t) => t !== time[30] && t !== time[31]);
  const lacking = await compareSides(
    side('a', repeated),
    side(
      'b',
      fewer,
      repeated.map((_, i) => i).filter((_, i) => repeated[i] !== time[30] && repeated[i] !== time[31]),
    ),
  );
  const missing = lacking.findings.find(({ name }) => name === 'missing rows');
  assert.match(missing?.text ?? '', /^B lacks rows within its span: 2 keys/);
  const extra = await compareSides(side('a', fewer), side('b', repeated));
  assert.ok(told(extra).includes('extra rows'));
});
