/** As Coinbase Exchange says it: the maker's side, the newest first. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { decimal, iso, numberIn, parsed, texts, type Dialect } from './dialect.ts';

function match({ id, time, price, quantity, buyerMaker }: Trade): string {
  const side = buyerMaker === true ? 'buy' : 'sell';
  return `"trade_id":${id},"side":"${side}","size":"${decimal(quantity)}","price":"${decimal(price)}","time":"${iso(time)}"`;
}

const ofProduct = (symbol: string, type: string, trade: Trade): string =>
  `{"type":"${type}",${match(trade)},"product_id":"${symbol}","sequence":1}`;

export const coinbaseDialect: Dialect = {
  ask(text) {
    const message = parsed(text);
    return message?.type === 'subscribe' ? { subscribe: texts(message.product_ids) } : undefined;
  },
  acks: (symbols) => [
    JSON.stringify({
      type: 'subscriptions',
      channels: ['matches', 'heartbeat'].map((name) => ({ name, product_ids: symbols })),
    }),
  ],
  nack: (_symbols, reason) => JSON.stringify({ type: 'error', message: 'Failed to subscribe', reason }),
  frames: (symbol, trades) => trades.map((trade) => ofProduct(symbol, 'match', trade)),
  greeting: (symbol, trades) => {
    const last = trades.at(-1);
    return last && ofProduct(symbol, 'last_match', last);
  },
  heartbeat: (symbol, last = 0) =>
    `{"type":"heartbeat","sequence":1,"last_trade_id":${last},"product_id":"${symbol}","time":"2024-08-08T00:00:00.000000Z"}`,
  goodbye: undefined,
  question(url) {
    const symbol = /^\/products\/([^/]+)\/trades$/.exec(url.pathname)?.[1];
    if (symbol === undefined) return undefined;
    return {
      symbol: decodeURIComponent(symbol),
      beforeId: numberIn(url, 'after'),
      limit: numberIn(url, 'limit') ?? 1000,
    };
  },
  page: (_symbol, trades) =>
    `[${trades
      .toReversed()
      .map((trade) => `{${match(trade)}}`)
      .join(',')}]`,
};
