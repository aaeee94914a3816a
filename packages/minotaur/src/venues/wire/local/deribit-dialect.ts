/** As Deribit says it: `trade_seq` is dense, `trade_id` is not; milliseconds, several trades a message, heartbeats that ask for an answer. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { decimal, numberIn, parsed, texts, type Dialect } from './dialect.ts';

function row(symbol: string, { id, time, price, quantity, buyerMaker }: Trade): string {
  const direction = buyerMaker === true ? 'sell' : 'buy';
  return `{"trade_seq":${id},"trade_id":"${3 * Number(id)}","timestamp":${Math.floor(time / 1000)},"price":${decimal(price)},"amount":${decimal(quantity)},"direction":"${direction}","instrument_name":"${symbol}","tick_direction":2}`;
}

const channelOf = (symbol: string): string => `trades.${symbol}.100ms`;
const result = (id: number, value: unknown): string => JSON.stringify({ jsonrpc: '2.0', id, result: value });

export const deribitDialect: Dialect = {
  ask(text) {
    const { method, params } = parsed(text) ?? {};
    if (method === 'public/set_heartbeat') return { reply: result(1, 'ok') };
    if (method === 'public/test') return { reply: result(9, { version: '1.2.26' }) };
    if (method !== 'public/subscribe') return undefined;
    const { channels } = params as Record<string, unknown>;
    return { subscribe: texts(channels).map((name) => name.replace(/^trades\.(.+)\.100ms$/, '$1')) };
  },
  acks: (symbols) => [result(3, symbols.map(channelOf))],
  nack: (_symbols, reason) => JSON.stringify({ jsonrpc: '2.0', id: 3, error: { code: -32602, message: reason } }),
  frames(symbol, trades) {
    const rows = trades.map((trade) => row(symbol, trade));
    return [
      `{"jsonrpc":"2.0","method":"subscription","params":{"channel":"${channelOf(symbol)}","data":[${rows.join(',')}]}}`,
    ];
  },
  heartbeat: () => '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}',
  goodbye: undefined,
  question(url) {
    const symbol = url.searchParams.get('instrument_name');
    if (symbol === null || url.pathname !== '/api/v2/public/get_last_trades_by_instrument') return undefined;
    return { symbol, fromId: numberIn(url, 'start_seq'), limit: numberIn(url, 'count') ?? 10 };
  },
  page(symbol, trades) {
    const rows = trades.map((trade) => row(symbol, trade));
    return `{"jsonrpc":"2.0","result":{"trades":[${rows.join(',')}],"has_more":false}}`;
  },
};
