/**
 * Recorded messages and answers of venues: every trade read, counted against a count that does not use the decoders, ids as
 * they are written, both sides present.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createTradeBlock, setTrade } from 'minotaur-core/internal/trades/trade';
import { idText } from 'minotaur-core/internal/trades/id';
import type { VenueTrade } from '../packages/minotaur/src/venues/contract/decoded.ts';
import type { Messages } from '../packages/minotaur/src/venues/contract/venue.ts';
import { venues } from '../packages/minotaur/src/venues/exchanges.gen.ts';
import { createLineDecoder, messagesOf, messagesOfLines } from '../packages/minotaur/src/venues/recordings.ts';
import { readTrades } from './read-trades.ts';

const DATA = join(import.meta.dirname, '../../shared/data/venues');
const real = existsSync(DATA) ? {} : { skip: `no recorded messages in ${DATA}` };
const folder = mkdtempSync(join(tmpdir(), 'minotaur-venues-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function linesOf(path: string): string[] {
  const bytes = readFileSync(join(DATA, path));
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.replace(/^\d{16,20} /, '')]));
}

/** One message of 2019 was cut before it was recorded: its aggregated trade has no id. */
const CUT = '{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1568693103463,"s":"BTCUSDT","p":"10223.74",';

function decode(messages: Messages, lines: readonly string[]): { trades: VenueTrade[]; leftOut: number } {
  const decoder = createLineDecoder(messages);
  const decoded = lines.filter((line) => !line.startsWith(CUT)).flatMap((line) => decoder(line));
  const unknown = decoded.filter(({ kind }) => kind === 'unknown');
  assert.deepEqual(unknown, [], messages.name);
  return {
    trades: decoded.flatMap((one) => (one.kind === 'trades' ? one.trades : [])),
    leftOut: decoded.filter(({ kind }) => kind === 'leftOut').length,
  };
}

const idsOf = (trades: readonly VenueTrade[]): string[] => trades.map(({ id }) => String(id ?? ''));

/** Matches of a pattern in all messages, as counted without a decoder. */
const matches = (lines: readonly string[], pattern: RegExp): string[] =>
  lines.flatMap((line) => [...line.matchAll(pattern)].map((match) => match[1] ?? match[0]));

/** Profile, what stands for one trade in the text (its id as the group), sides that are there. */
const RECORDINGS: readonly (readonly [folder: string, profile: string, trade: RegExp, sides: number])[] = [
  ['binance-coinm-agg', 'binance-coinm', /"e":"aggTrade".*?"a":(\d+)/g, 2],
  ['binance-spot-agg', 'binance-spot', /"e":"aggTrade".*?"a":(\d+)/g, 1],
  ['binance-usdm-agg', 'binance-usdm', /"e":"aggTrade".*?"a":(\d+)/g, 2],
  ['bitfinex', 'bitfinex', /\[(\d+),16\d{11},-?[\d.e-]+,[\d.e-]+\]/g, 2],
  ['bitmex', 'bitmex', /"trdMatchID":"([^"]{36})"/g, 2],
  ['bitstamp', 'bitstamp', /"id":(\d+),"timestamp"/g, 2],
  ['bybit-old', 'bybit-linear', /"trade_id":"([^"]+)"/g, 2],
  ['coinbase', 'coinbase', /"trade_id":(\d+)/g, 2],
  ['hyperliquid', 'hyperliquid', /"tid":(\d+)/g, 2],
  ['okx-v5', 'okx', /"tradeId":"(\d+)"/g, 2],
];

test('recordings: every trade, with its id, is read', real, () => {
  for (const [name, profile, pattern, sides] of RECORDINGS) {
    const lines = linesOf(`${name}/frames.gz`);
    const messages = messagesOfLines(lines) as Messages;
    assert.equal(messages, messagesOf(profile), name);
    const { trades, leftOut } = decode(messages, lines);
    const expected = matches(lines, pattern);
    assert.ok(expected.length > 1, name);
    assert.deepEqual([idsOf(trades).sort(), leftOut], [expected.sort(), 0], name);
    assert.equal(new Set(trades.map(({ buyerMaker }) => buyerMaker)).size, sides, name);
    assertWhole(trades, name);
  }
});

function assertWhole(trades: readonly VenueTrade[], name: string): void {
  const block = createTradeBlock(trades.length);
  trades.forEach((trade, i) => {
    setTrade(block, i, trade);
    const where = `${name} ${String(trade.id)}`;
    assert.ok(Number.isInteger(block.time[i]) && block.time[i] > 1.5e15 && block.time[i] < 2e15, where);
    assert.ok(block.price[i] > 0 && block.quantity[i] > 0 && Math.abs(block.side[i]) === 1, where);
    assert.equal(idText(block.id, i), String(trade.id ?? 'none'), where);
  });
}

test('Kraken, first version: no ids', real, () => {
  for (const path of ['kraken-v1/frames.gz', 'kraken-v1/tardis-fixtures.jsonl']) {
    const lines = linesOf(path);
    const { trades } = decode(venues.kraken.messages, lines);
    assert.equal(trades.length, matches(lines, /"[bs]","[lm]"/g).length, path);
    assert.ok(trades.length > 2 && trades.every(({ id }) => id === undefined), path);
    assertWhole(trades, path);
  }
});

test('single messages: every trade of the venues that are read', real, () => {
  for (const [name, profile, pattern, apart] of [
    ['binance-coinm', 'binance-coinm', /"e":"trade".*?"t":(\d+)/g, 1],
    ['binance-spot', 'binance-spot', /"e":"trade".*?"t":(\d+)/g, 0],
    ['binance-usdm', 'binance-usdm', /"e":"trade".*?"t":(\d+)/g, 1],
    ['bitmex', 'bitmex', /"trdMatchID":"([^"]{36})"/g, 0],
    ['bitstamp', 'bitstamp', /"id":(\d+)/g, 0],
    ['bybit-v5', 'bybit-spot', /"i":"([0-9a-f-]+)"/g, 0],
    ['coinbase', 'coinbase', /"trade_id":(\d+)/g, 0],
    ['deribit', 'deribit', /"trade_seq":(\d+)/g, 0],
    ['hyperliquid', 'hyperliquid', /"tid":(\d+)/g, 0],
    ['kraken-v2', 'kraken', /"trade_id":(\d+)/g, 0],
    ['okx-v5', 'okx', /"tradeId":"(\d+)"/g, 0],
  ] as const) {
    const lines = linesOf(`${name}/tardis-fixtures.jsonl`);
    const { trades, leftOut } = decode(messagesOf(profile) as Messages, lines);
    const found = idsOf(trades);
    const expected = matches(lines, pattern).sort();
    assert.equal(leftOut, apart, name);
    assert.equal(found.length, expected.length - apart, name);
    assert.ok(
      found.every((id) => expected.includes(id)),
      name,
    );
    assertWhole(trades, name);
  }
});

test('answers over REST: every trade, oldest first', real, () => {
  for (const [path, pattern] of [
    ['binance-spot/rest/historicalTrades.json', /"id": (\d+)/g],
    ['binance-spot/rest/aggTrades.json', /"a": (\d+)/g],
    ['bitmex/rest/http_get_trades.json', /"trdMatchID": "([^"]+)"/g],
    ['bybit-v5/rest/http_get_trades_recent.json', /"execId": "([^"]+)"/g],
    ['coinbase-advanced/rest/ws_market_trades.json', /"trade_id": "(\d+)"/g],
    ['deribit/rest/http_get_last_trades.json', /"trade_seq": (\d+)/g],
    ['deribit/rest/ws_trades.json', /"trade_seq": (\d+)/g],
    ['hyperliquid/rest/http_recent_trades_btc.json', /"tid": (\d+)/g],
    ['kraken-v2/rest/http_trades.json.gz', /\s(\d{8})\s+\]/g],
    ['okx-v5/rest/http_get_trades.json', /"tradeId": "(\d+)"/g],
  ] as const) {
    const text = linesOf(path).join('\n');
    const { trades } = decode(messagesOfLines([text]) as Messages, [text]);
    assert.ok(trades.length > 0, path);
    assert.deepEqual(idsOf(trades).sort(), matches([text], pattern).sort(), path);
    assertWhole(trades, path);
    if (!path.startsWith('bitmex')) {
      // That sample of BitMEX was made, in no order.
      const times = trades.map(({ time }) => time);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
        path,
      );
    }
  }
});

test("Kraken's answers: times are cut to the microsecond on their text", real, async () => {
  const page = JSON.stringify(JSON.parse(linesOf('kraken-v2/rest/http_trades.json.gz').join('\n')));
  const file = join(folder, 'kraken.jsonl');
  writeFileSync(file, page);
  const { trades, layouts } = await readTrades([file]);
  assert.deepEqual([trades.length, layouts[0].layout, layouts[0].venue], [1000, 'kraken websocket frames', 'kraken']);
  assert.deepEqual([trades[0].time, trades[0].id], [1762795433971744, '10218208']);
  for (let i = 1; i < trades.length; i++) assert.ok(Number(trades[i].id) > Number(trades[i - 1].id));
});

test('a recording of many symbols gives those of the instrument', real, async () => {
  const file = join(DATA, 'coinbase/frames.gz');
  await assert.rejects(readTrades([file]), /`symbol` in the configuration/);
  const { trades, leftOut } = await readTrades([file], { instrument: { symbol: 'SKL-USD', venue: 'coinbase' } });
  const mine = linesOf('coinbase/frames.gz').filter((line) => line.includes('"product_id":"SKL-USD"'));
  const ids = matches(mine, /"trade_id":(\d+)/g);
  assert.deepEqual(
    trades.map(({ id }) => id),
    ids,
  );
  for (let i = 1; i < ids.length; i++) assert.equal(Number(ids[i]), Number(ids[i - 1]) + 1);
  assert.ok((leftOut['other symbol'] ?? 0) > 0);
});
