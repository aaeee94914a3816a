/** Tables that have nothing in common, of which each says what it has; and a comparison that is stopped. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeMarket } from '../planted/market.ts';
import { openSide } from '../sides/open.ts';
import { memorySide, type Side } from '../sides/side.ts';
import { compareSides } from './compare.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-apart-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function refused(a: Side, b: Side, said: RegExp): Promise<void> {
  try {
    await assert.rejects(compareSides(a, b), said);
  } finally {
    a.close();
    b.close();
  }
}

function textOf(name: string, stamp: (i: number) => string, symbol = ''): Promise<Side> {
  const path = join(folder, name);
  const rows = Array.from({ length: 40 }, (_, i) => `${stamp(i)},${i}${symbol && `,${symbol}`}`);
  writeFileSync(path, [`time,x${symbol && ',symbol'}`, ...rows].join('\n'));
  return openSide(path);
}

const minute = (day: number) => (i: number) => new Date(Date.UTC(2024, 0, day, 0, i)).toISOString();

test('keys of other days, and other symbols', async () => {
  await refused(
    await textOf('a.csv', minute(1)),
    await textOf('b.csv', minute(9)),
    /none: A has 2024-01-01T00:00:00Z to 2024-01-01T00:39:00Z, B 2024-01-09T00:00:00Z to /,
  );
});

test('a table without rows', async () => {
  const side = (name: string, rows: number): Side =>
    memorySide(name, { time: new Float64Array(rows).fill(1.7e15), x: new Float64Array(rows) }, ['time']);
  await refused(side('a', 40), side('b', 0), /b: expected rows, found none/);
});

test('a column of times that cannot be read as such is named', async () => {
  await refused(
    await textOf('a.csv', minute(1)),
    await textOf('b.csv', (i) => `01/02/2024 0:${i}`),
    /found time, times and none, for time holds no times as 2024-05-01 12:00:00/,
  );
});

test('between two columns that differ there is time to stop', async () => {
  const { time, columns } = makeMarket(3, 300);
  const moved = Object.fromEntries(Object.entries(columns).map(([name, x]) => [name, x.map((value) => value * 2)]));
  const calls: number[] = [];
  const onColumns = async (done: number): Promise<void> => {
    calls.push(done);
    if (calls.length === 3) throw new Error('stopped');
  };
  const [a, b] = [memorySide('a', { time, ...columns }, ['time']), memorySide('b', { time, ...moved }, ['time'])];
  await assert.rejects(compareSides(a, b, { onColumns }), /^Error: stopped$/);
  assert.deepEqual(calls, [0, 1, 1]);
});
