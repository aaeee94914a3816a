/**
 * The same trades from a file, a recorded stream and answers over REST give the same rows, bit for bit. What the sources lack
 * of each other is made here from the text of one of them, without the decoders that are tested.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ConfigInput } from 'minotaur';
import { build, replay } from 'minotaur/runs';
import { temporaryFolder } from './cli.ts';

const DATA = join(import.meta.dirname, '../../shared/data');
const real = existsSync(DATA) ? {} : { skip: `no real data in ${DATA}` };
const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

const config = (instruments: ConfigInput['instruments'], threshold = 20): ConfigInput => ({
  instruments,
  clocks: { short: { bars: 'tick', threshold }, '1min': { bars: 'time', every: '1min' } },
  features: {
    short: ['open', 'close', 'volume', 'dollar_volume', 'trade_imbalance', 'sma(close, 3)', 'duration_seconds'],
    '1min': ['vwap', 'num_ticks'],
  },
});

/** Digest of the rows of each source, built and replayed. */
async function digestsOf(
  chain: ConfigInput,
  sources: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [name, path] of Object.entries(sources)) {
    const made = await build({ config: chain, trades: [path], out: at(`out-${name}`) });
    assert.ok(made.counts.rows > 5, `${name}: ${made.counts.rows} rows`);
    assert.equal((await replay({ config: chain, trades: [path], out: at(`live-${name}`) })).digest, made.digest, name);
    digests[name] = made.digest;
  }
  return digests;
}

function assertSame(digests: Readonly<Record<string, string>>): void {
  assert.equal(new Set(Object.values(digests)).size, 1, JSON.stringify(digests, null, 1));
}

/** Pages of `size`, each a line: `<time in ns> <page>`. */
function pages(rows: readonly unknown[], size: number): string {
  const lines: string[] = [];
  for (let from = 0; from < rows.length; from += size) {
    lines.push(`${1_723_161_255_000_000_000n + BigInt(from)} ${JSON.stringify(rows.slice(from, from + size))}`);
  }
  return `${lines.join('\n')}\n`;
}

test('Binance: archive, recording and pages of historicalTrades', real, async () => {
  for (const [market, symbol, day, venue] of [
    ['spot', 'BTCUSDT', '20240808', 'binance-spot'],
    ['usdm', 'ETHUSDT', '20240808', 'binance-usdm'],
  ] as const) {
    const recording = join(DATA, `binance/${market}_${symbol.toLowerCase()}_${day}.frames.gz`);
    const rows = gunzipSync(readFileSync(recording))
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { data } = JSON.parse(line.slice(line.indexOf(' '))) as { data: Record<string, unknown> };
        const { t, p, q, T, m } = data;
        return { id: t, price: p, qty: q, quoteQty: '0', time: T, isBuyerMaker: m, isBestMatch: true };
      });
    const answers = at(`${symbol}-pages.gz`);
    writeFileSync(answers, gzipSync(pages(rows, 1000)));
    const archive = join(DATA, `binance/${symbol}-${market}-trades-2024-08-08.csv.gz`);
    assertSame(await digestsOf(config({ [symbol]: { venue } }), { archive, recording, answers }));
  }
});

test('Kraken: answers, the stream whose numbers are no texts, a tardis file', real, async () => {
  const text = gunzipSync(readFileSync(join(DATA, 'venues/kraken-v2/rest/http_trades.json.gz'))).toString('utf8');
  const answers = at('kraken.jsonl');
  writeFileSync(answers, text.replaceAll(/\s+/g, ''));
  const row = /\[\s*"([\d.]+)",\s*"([\d.]+)",\s*(\d+)\.?(\d*),\s*"([bs])",\s*"[lm]",\s*"",\s*(\d+)\s*\]/g;
  const trades = [...text.matchAll(row)].map(([, price, qty, seconds, fraction, side, id]) => ({
    price,
    qty,
    micros: `${seconds}${fraction.slice(0, 6).padEnd(6, '0')}`,
    side: side === 'b' ? 'buy' : 'sell',
    id,
  }));
  assert.equal(trades.length, 1000);
  const iso = (micros: string): string =>
    `${new Date(Number(micros.slice(0, -6)) * 1000).toISOString().slice(0, 19)}.${micros.slice(-6)}Z`;
  const frames = trades.map(
    ({ price, qty, micros, side, id }) =>
      `{"channel":"trade","type":"update","data":[{"symbol":"XBTUSDT","side":"${side}","price":${Number(price)},"qty":${Number(qty)},"ord_type":"limit","trade_id":${id},"timestamp":"${iso(micros)}"}]}`,
  );
  const recording = at('kraken-frames.jsonl');
  writeFileSync(recording, `${frames.join('\n')}\n`);
  const lines = trades.map(
    ({ price, qty, micros, side, id }) => `kraken,XBTUSDT,${micros},${micros},${id},${side},${price},${qty}\n`,
  );
  const archive = at('kraken.csv');
  writeFileSync(archive, `exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n${lines.join('')}`);
  assertSame(await digestsOf(config({ XBTUSDT: { venue: 'kraken' } }), { answers, recording, archive }));
});

test('Bybit: the file in seconds with four decimals, stream and answers in milliseconds', async () => {
  const trades = Array.from({ length: 200 }, (_, k) => ({
    id: `4c7b6bdc-b4a3-5716-9c7b-${String(k).padStart(12, '0')}`,
    tenths: 16806889799830 + 17 * k,
    price: (94.5 + (k % 7) / 100).toFixed(2),
    size: (0.1 + (k % 3) / 10).toFixed(1),
    side: k % 3 === 0 ? 'Sell' : 'Buy',
  }));
  const seconds = (tenths: number): string =>
    `${Math.floor(tenths / 10_000)}.${String(tenths % 10_000).padStart(4, '0')}`;
  const archive = at('LTCUSDT2023-04-05.csv');
  const header = 'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional\n';
  const lines = trades.map(
    ({ id, tenths, price, size, side }) =>
      `${seconds(tenths)},LTCUSDT,${side},${size},${price},PlusTick,${id},1,${size},${Number(size) * Number(price)}\n`,
  );
  writeFileSync(archive, header + lines.join(''));
  const frames = trades.map(({ id, tenths, price, size, side }) => {
    const T = Math.floor(tenths / 10);
    const data = [{ T, s: 'LTCUSDT', S: side, v: size, p: price, L: 'PlusTick', i: id, BT: false }];
    return JSON.stringify({ topic: 'publicTrade.LTCUSDT', type: 'snapshot', ts: T, data });
  });
  const recording = at('bybit.jsonl');
  writeFileSync(recording, `${frames.join('\n')}\n`);
  const list = trades
    .map(({ id, tenths, price, size, side }) => {
      const time = String(Math.floor(tenths / 10));
      return { execId: id, symbol: 'LTCUSDT', price, size, side, time, isBlockTrade: false };
    })
    .toReversed();
  const answers = at('bybit-answer.jsonl');
  writeFileSync(answers, JSON.stringify({ retCode: 0, result: { category: 'linear', list } }));
  assertSame(await digestsOf(config({ LTCUSDT: { venue: 'bybit-linear' } }), { archive, recording, answers }));
});
