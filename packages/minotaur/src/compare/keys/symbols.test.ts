/** Tables of several symbols. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSide } from '../sides/open.ts';
import { compareSides, type ComparedBy } from '../table/compare.ts';
import type { Comparison } from '../table/report.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-symbols-'));
after(() => rmSync(folder, { recursive: true, force: true }));

type Row = readonly [time: string, symbol: string, close: number];
const rows = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'].flatMap((symbol, s) =>
  Array.from({ length: 40 }, (_, i): Row => [
    new Date(1.7e12 + i * 60e3).toISOString(),
    symbol,
    100 * s + Math.sqrt(i),
  ]),
);

async function compared(a: readonly Row[], b: readonly Row[], by?: ComparedBy, name = 'symbol'): Promise<Comparison> {
  const write = (file: string, all: readonly Row[]): string => {
    const path = join(folder, file);
    writeFileSync(path, [`time,${name},close`, ...all.map((row) => row.join(','))].join('\n'));
    return path;
  };
  const [x, y] = [await openSide(write('a.csv', a)), await openSide(write('b.csv', b))];
  try {
    return await compareSides(x, y, by);
  } finally {
    x.close();
    y.close();
  }
}

test('a symbol that one side lacks is named, and its rows are not said to be missing besides', async () => {
  const { equal, findings, alone } = await compared(
    rows,
    rows.filter(([, symbol]) => symbol !== 'SOLUSDT'),
  );
  assert.equal(equal, false);
  assert.deepEqual(findings, [{ name: 'missing symbols', text: 'B lacks SOLUSDT', or: [] }]);
  assert.equal(alone.a, 40);
});

test('where a column of several symbols differs, the symbol is said', async () => {
  const b = rows.map(([time, symbol, close], i): Row => [time, symbol, i === 50 ? close + 1 : close]);
  const { differing } = await compared(rows, b);
  assert.equal(differing[0].first.at, 'ETHUSDT 2023-11-14T22:23:20Z');
});

test('keys that are repeated because no column of symbols is known are told, and are no difference', async () => {
  const unknown = await compared(rows, rows, {}, 'what');
  const told = new Set(unknown.findings.map(({ name }) => name));
  assert.deepEqual([unknown.equal, told], [true, new Set(['row order', 'repeated keys'])]);
  assert.match(unknown.findings.at(-1)?.text ?? '', /^80 rows of B share their key .*--key time,SYMBOL/);
  const named = await compared(rows, rows, { key: ['time', 'what'] }, 'what');
  assert.deepEqual([named.equal, named.findings], [true, []]);
});
