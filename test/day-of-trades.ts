/** For tests of the nightly comparison: a market around midnight, a journal of it, and a mirror with the venue's files of days. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { parseConfig, type ConfigInput } from '../packages/core/src/config/config.ts';
import { recordEngine } from '../packages/core/src/live/recording.ts';
import type { Trade } from '../packages/core/src/trades/trade.ts';
import { createJournal } from '../packages/minotaur/src/journal/writer.ts';
import { createEngine } from '../packages/minotaur/src/node/engine.ts';
import { zipOf } from './zip-of.ts';

export const DAY = '2025-08-08';
export const MIDNIGHT = 1000 * Date.parse('2025-08-09T00:00:00Z');
const DAY_LONG = 86_400_000_000;

export const CHAIN: ConfigInput = {
  instruments: { BTCUSDT: { venue: 'binance-spot' } },
  clocks: { s: { bars: 'tick', threshold: 20 }, m: { from: 's', count: 5 } },
  features: { s: ['close', 'rsi(close, 14)', 'trade_imbalance'], m: ['ema(close, 5)', 'volume'] },
};

/** The same market beside another one of its venue. */
export const PAIR: ConfigInput = {
  instruments: { BTCUSDT: { venue: 'binance-spot' }, ETHUSDT: { venue: 'binance-spot' } },
  skew: '10min',
  clocks: {
    s: { of: 'BTCUSDT', bars: 'tick', threshold: 20, suffix: '_btc' },
    e: { of: 'ETHUSDT', bars: 'tick', threshold: 10, suffix: '_eth' },
  },
  features: { s: ['close', 'rsi(close, 14)'], e: ['close', 'sma(close, 3)'] },
};

/** Trades from `before` microseconds before the day until a minute behind it; ids from 1001. */
export function tradesAround(count: number, before = 60_000_000): Trade[] {
  const [from, to] = [MIDNIGHT - DAY_LONG - before, MIDNIGHT + 60_000_000];
  return Array.from({ length: count }, (_, i) => ({
    id: 1001 + i,
    time: Math.floor(from + ((to - from) * i) / count),
    price: 60_000 + ((i * 7919) % 1000) / 10,
    quantity: (1 + ((i * 104_729) % 50)) / 1000,
    buyerMaker: (i * 31) % 3 === 0,
  }));
}

export const ofDay = (trades: readonly Trade[]): Trade[] =>
  trades.filter(({ time }) => time >= MIDNIGHT - DAY_LONG && time < MIDNIGHT);

/** A session that received `trades`. */
export function recordTrades(directory: string, trades: readonly Trade[], segmentBytes?: number): void {
  const config = parseConfig(CHAIN);
  const journal = createJournal(directory, segmentBytes === undefined ? {} : { segmentBytes });
  const engine = recordEngine(journal, (sinks) => createEngine(config, sinks));
  trades.forEach((trade, i) => {
    engine.push(trade, { arrival: trade.time + 900, origin: 'binance-spot stream' });
    if (i % 150 === 149) engine.snapshot();
  });
  engine.stop();
}

/** A session of {@link PAIR} that received these, in the order of their times. */
export function recordPair(directory: string, btc: readonly Trade[], eth: readonly Trade[]): void {
  const config = parseConfig(PAIR);
  const engine = recordEngine(createJournal(directory), (sinks) => createEngine(config, sinks));
  const all = [
    ...btc.map((trade) => ({ trade, instrument: 'BTCUSDT' })),
    ...eth.map((trade) => ({ trade, instrument: 'ETHUSDT' })),
  ].sort((a, b) => a.trade.time - b.trade.time);
  for (const { trade, instrument } of all) engine.push(trade, { instrument, arrival: trade.time + 900 });
  engine.stop();
}

/** As the venue writes it. */
function fileOf(trades: readonly Trade[], symbol: string): Buffer {
  const lines = trades.map(({ id, time, price, quantity, buyerMaker }) =>
    [id, price.toFixed(8), quantity.toFixed(8), (price * quantity).toFixed(8), time, buyerMaker, true].join(','),
  );
  return zipOf({ [`${symbol}-trades-${DAY}.csv`]: `${lines.join('\n')}\n` });
}

export interface Mirror {
  readonly baseUrl: string;
  /** What the file has from now on; undefined: it is not published. */
  publish(trades: readonly Trade[] | undefined, symbol?: string): void;
  /** So many times a request gets what is no file of it: issued again between two requests. */
  stale: number;
}

export async function openMirror(): Promise<Mirror> {
  const files = new Map<string, Buffer>();
  const mirror: Pick<Mirror, 'stale' | 'publish'> = {
    stale: 0,
    publish(trades, symbol = 'BTCUSDT') {
      files.delete(symbol);
      if (trades !== undefined) files.set(symbol, fileOf(trades, symbol));
    },
  };
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const symbol = /(\w+)-trades-/.exec(url)?.[1] ?? '';
    const file = files.get(symbol);
    if (file === undefined || !url.includes(DAY)) return void response.writeHead(404).end();
    const digest = createHash('sha256').update(file).digest('hex');
    if (url.endsWith('.CHECKSUM')) return void response.end(`${digest}  ${symbol}-trades-${DAY}.zip\n`);
    response.end(mirror.stale-- > 0 ? Buffer.alloc(1000) : file);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(mirror, { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
