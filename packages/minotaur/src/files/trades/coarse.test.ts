import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { idText } from 'minotaur-core/internal/trades/id';
import { openTrades } from './trade-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-coarse-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const SECOND = 1_569_888_000;

const streamed = (id: number, micros: number): string =>
  `{"event":"trade","channel":"live_trades_btcusd","data":{"id":${id},"microtimestamp":"${SECOND}${String(micros).padStart(6, '0')}","price_str":"8304.47","amount_str":"1","type":0}}`;
const answered = (id: number, second: number): string =>
  `{"date":"${SECOND + second}","tid":"${id}","amount":"1","type":"1","price":"8304.5"}`;

async function read(files: Readonly<Record<string, readonly string[]>>, blockRows: number): Promise<string[]> {
  const paths = Object.entries(files).map(([name, lines]) => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    return join(folder, name);
  });
  const source = await openTrades(paths, { blockRows, instrument: { symbol: 'btcusd', venue: 'bitstamp' } });
  const found: string[] = [];
  for await (const { block, coarse = [] } of source.blocks())
    for (let i = 0; i < block.length; i++)
      found.push(`${idText(block.id, i)} ${block.time[i] - SECOND * 1e6}${coarse.includes(i) ? ' coarse' : ''}`);
  source.close();
  return found;
}

test('a time in whole seconds stands at that of the trade before, where that came later in the same second', async () => {
  const files = {
    'a.jsonl': [streamed(5, 250_000), streamed(7, 900_000)],
    // Newest first, as the venue answers; 6 is behind 7, so its time stays and the chain calls it late.
    'b.jsonl': [`[${answered(12, 1)},${answered(9, 0)},${answered(8, 0)}]`, `[${answered(6, 0)}]`],
  };
  const expected = ['5 250000', '7 900000', '8 900000 coarse', '9 900000 coarse', '12 1000000 coarse', '6 0 coarse'];
  for (const blockRows of [1, 2, 100]) assert.deepEqual(await read(files, blockRows), expected);
});
