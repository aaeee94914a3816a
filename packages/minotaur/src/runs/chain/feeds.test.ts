import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openEnded } from '../../files/open-ends.ts';
import { build } from './build.ts';

const HEADER = 'id,price,qty,time,is_buyer_maker\n';
const lines = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    [from + i, 100 + (i % 7), 1, 1_700_000_000_000 + 1000 * (from + i), i % 7 === 0].join(),
  );
const config = { clocks: { ticks: { bars: 'tick', threshold: 10 } }, features: { ticks: ['close', 'sma(close, 3)'] } };

void test('a file that comes while others are read, or is gone when it has been, is nothing that a run says a word of', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-feeds-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const at = (name: string): string => join(folder, name);
  const [first, second] = [at('trades-1.csv'), at('trades-2.csv')];
  writeFileSync(first, `${HEADER}${lines(1, 500).join('\n')}`);
  const onWarmup = (): void => writeFileSync(second, `${HEADER}${lines(501, 500).join('\n')}`);
  const { inputs, notes = [] } = await build({ config, trades: [at('trades-*.csv')], out: at('out'), onWarmup });
  assert.deepEqual(
    inputs.map(({ path }) => path),
    [first],
  );
  // The one that was read is told of; the other is not.
  assert.deepEqual(
    notes.map((note) => note.slice(0, note.indexOf(' '))),
    [first],
  );
  rmSync(second);
  assert.deepEqual(await openEnded([first, second]), [first]);
});
