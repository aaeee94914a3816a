/** As OKX says it: dense ids, milliseconds, one trade a message, the newest first over REST. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { decimal, numberIn, parsed, type Dialect } from './dialect.ts';

const row = (symbol: string, { id, time, price, quantity, buyerMaker }: Trade): string =>
  `{"instId":"${symbol}","tradeId":"${id}","px":"${decimal(price)}","sz":"${decimal(quantity)}","side":"${buyerMaker === true ? 'sell' : 'buy'}","ts":"${Math.floor(time / 1000)}"}`;

const argOf = (symbol: string): object => ({ channel: 'trades-all', instId: symbol });

export const okxDialect: Dialect = {
  ask(text) {
    if (text === 'ping') return { reply: 'pong' };
    const { op, args } = parsed(text) ?? {};
    if (op !== 'subscribe' || !Array.isArray(args)) return undefined;
    return { subscribe: args.map((arg: Record<string, unknown>) => String(arg.instId)) };
  },
  acks: (symbols) => symbols.map((symbol) => JSON.stringify({ event: 'subscribe', arg: argOf(symbol), connId: 'a4' })),
  nack: (_symbols, reason) => JSON.stringify({ event: 'error', code: '60018', msg: reason, connId: 'a4' }),
  frames: (symbol, trades) =>
    trades.map((trade) => `{"arg":${JSON.stringify(argOf(symbol))},"data":[${row(symbol, trade)}]}`),
  goodbye: '{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade."}',
  question(url) {
    const symbol = url.searchParams.get('instId');
    if (symbol === null || url.pathname !== '/api/v5/market/history-trades') return undefined;
    return { symbol, beforeId: numberIn(url, 'after'), limit: numberIn(url, 'limit') ?? 100 };
  },
  page(symbol, trades) {
    const rows = trades.toReversed().map((trade) => row(symbol, trade));
    return `{"code":"0","msg":"","data":[${rows.join(',')}]}`;
  },
};
