/** As Kraken says it: numbers, several trades a message, a greeting of fifty. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { decimal, iso, numberIn, parsed, texts, type Dialect } from './dialect.ts';

const GREETING = 50;

function message(symbol: string, type: 'update' | 'snapshot', trades: readonly Trade[]): string {
  const rows = trades.map(({ id, time, price, quantity, buyerMaker }) => {
    const side = buyerMaker === true ? 'sell' : 'buy';
    return `{"symbol":"${symbol}","side":"${side}","price":${decimal(price)},"qty":${decimal(quantity)},"ord_type":"limit","trade_id":${id},"timestamp":"${iso(time)}"}`;
  });
  return `{"channel":"trade","type":"${type}","data":[${rows.join(',')}]}`;
}

/** Whole seconds and six decimals. */
const seconds = (micros: number): string => `${String(micros).slice(0, -6)}.${String(micros).slice(-6)}`;

export const krakenDialect: Dialect = {
  ask(text) {
    const { method, params } = parsed(text) ?? {};
    if (method === 'ping') return { reply: '{"method":"pong"}' };
    return method === 'subscribe' ? { subscribe: texts((params as Record<string, unknown>).symbol) } : undefined;
  },
  acks: (symbols) =>
    symbols.map((symbol) =>
      JSON.stringify({ method: 'subscribe', result: { channel: 'trade', snapshot: true, symbol }, success: true }),
    ),
  nack: (symbols, reason) => JSON.stringify({ error: reason, method: 'subscribe', success: false, symbol: symbols[0] }),
  frames: (symbol, trades) => [message(symbol, 'update', trades)],
  greeting: (symbol, trades) => message(symbol, 'snapshot', trades.slice(-GREETING)),
  heartbeat: () => '{"channel":"heartbeat"}',
  goodbye: undefined,
  question(url) {
    const pair = url.searchParams.get('pair');
    if (pair === null || url.pathname !== '/0/public/Trades') return undefined;
    const since = url.searchParams.get('since');
    // Pairs of three letters each.
    const symbol = pair.replace(/^XBT/, 'BTC').replace(/^(...)/, '$1/');
    const limit = numberIn(url, 'count') ?? 1000;
    // Behind that nanosecond.
    return { symbol, limit, since: since === null ? undefined : Number(BigInt(since) / 1000n) + 1 };
  },
  page(symbol, trades) {
    const rows = trades.map(({ id, time, price, quantity, buyerMaker }) => {
      const side = buyerMaker === true ? 's' : 'b';
      return `["${decimal(price)}","${decimal(quantity)}",${seconds(time)},"${side}","l","",${id}]`;
    });
    const last = trades.at(-1)?.time ?? 0;
    return `{"error":[],"result":{"${symbol.replace('/', '')}":[${rows.join(',')}],"last":"${last}000"}}`;
  },
};
