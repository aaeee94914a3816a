/** As Binance says it, spot and futures, in microseconds. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { decimal, numberIn, parsed, texts, type Dialect } from './dialect.ts';

function event(symbol: string, { id, time, price, quantity, buyerMaker }: Trade, apart = ''): string {
  const [p, q] = [decimal(price), decimal(quantity)];
  return `{"stream":"${symbol.toLowerCase()}@trade","data":{"e":"trade","E":${time},"s":"${symbol}","t":${id},"p":"${p}","q":"${q}","T":${time},${apart}"m":${buyerMaker}}}`;
}

export const binanceDialect: Dialect = {
  ask(text) {
    const message = parsed(text);
    if (message?.method !== 'SUBSCRIBE') return undefined;
    return { subscribe: texts(message.params).map((name) => name.replace(/@trade$/, '').toUpperCase()) };
  },
  acks: () => ['{"result":null,"id":1}'],
  nack: (_symbols, reason) => JSON.stringify({ error: { code: 2, msg: reason }, id: 1 }),
  frames: (symbol, trades) => trades.map((trade) => event(symbol, trade)),
  leftOut: (symbol, trade) => event(symbol, trade, '"X":"INSURANCE_FUND",'),
  goodbye: '{"e":"serverShutdown","E":1770123456789}',
  question(url) {
    const symbol = url.searchParams.get('symbol');
    if (symbol === null || !/^\/f?api\/v\d\/(historicalTrades|trades)$/.test(url.pathname)) return undefined;
    return { symbol, fromId: numberIn(url, 'fromId'), limit: numberIn(url, 'limit') ?? 500 };
  },
  page(_symbol, trades) {
    const rows = trades.map(({ id, time, price, quantity, buyerMaker }) => {
      const [p, q, quote] = [decimal(price), decimal(quantity), decimal(price * quantity)];
      return `{"id":${id},"price":"${p}","qty":"${q}","quoteQty":"${quote}","time":${time},"isBuyerMaker":${buyerMaker},"isBestMatch":true}`;
    });
    return `[${rows.join(',')}]`;
  },
};
