/** Recordings of a venue's messages as files of trades. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { readTrades } from './read-trades.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-recordings-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function made(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function refuses(paths: readonly string[], parts: readonly string[]): Promise<void> {
  await assert.rejects(readTrades(paths), (error: unknown) => {
    assert.ok(error instanceof MinotaurError, String(error));
    for (const part of parts) assert.ok(error.message.includes(part), `"${part}" in: ${error.message}`);
    return true;
  });
}

test('a recording: symbols of others left out, several refused, and JSON that is none', async () => {
  const trade = (symbol: string, id: number): string =>
    `{"e":"trade","E":1723161255343,"s":"${symbol}","t":${id},"p":"61837.63","q":"0.02","T":1723161255342,"m":true}`;
  const lines = [trade('A', 1), '{"result":null,"id":1}', trade('B', 7), trade('A', 2)];
  const file = made('frames.gz', gzipSync(lines.map((line, i) => `172316125408789656${i} ${line}\n`).join('')));
  await refuses([file], [`${file} line 3`, 'A, B']);
  const { trades, leftOut } = await readTrades([file], { instrument: { symbol: 'A' }, blockRows: 1 });
  assert.deepEqual([trades.map(({ id }) => id), leftOut], [['1', '2'], { 'other symbol': 1 }]);
  const bare = made('frames.jsonl', lines.slice(0, 2).join('\n'));
  assert.equal((await readTrades([bare])).trades[0].place, `${bare} line 1`);
  await refuses([made('pretty.json', '[\n  {"a": 1}\n]\n')], ['pretty.json line 1', 'JSON message']);
  await refuses([made('other.jsonl', '{"a": 1}\n')], ['other.jsonl', 'recorded trades of one of binance']);
  await refuses([made('torn.jsonl', `${trade('A', 1)}\n{"e":"tra\n`)], ['torn.jsonl line 2']);
});

test('a message with more trades than a block has room for', async () => {
  const row = (seq: number): string =>
    `{"timestamp":1765531356452,"price":92294.5,"amount":10.0,"direction":"sell","instrument_name":"BTC-PERPETUAL","trade_seq":${seq}}`;
  const message = `{"params":{"channel":"trades.BTC-PERPETUAL.100ms","data":[${[1, 2, 3, 4, 5].map(row).join(',')}]}}`;
  const file = made('many.jsonl', `${message}\n`);
  const { trades, layouts } = await readTrades([file], { blockRows: 2 });
  assert.deepEqual(
    trades.map(({ id }) => id),
    ['1', '2', '3', '4', '5'],
  );
  assert.deepEqual([layouts[0].layout, layouts[0].venue], ['deribit websocket frames', 'deribit']);
});
