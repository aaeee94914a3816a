/** As Bybit says it of its contracts: ids that do not order, the newest alone over REST. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { decimal, numberIn, parsed, texts, type Dialect } from './dialect.ts';

const side = ({ buyerMaker }: Trade): string => (buyerMaker === true ? 'Sell' : 'Buy');
const millis = ({ time }: Trade): number => Math.floor(time / 1000);

export const bybitDialect: Dialect = {
  ask(text) {
    const { op, args } = parsed(text) ?? {};
    if (op === 'ping') return { reply: '{"success":true,"ret_msg":"pong","op":"ping"}' };
    return op === 'subscribe' ? { subscribe: texts(args).map((name) => name.replace('publicTrade.', '')) } : undefined;
  },
  acks: () => ['{"success":true,"ret_msg":"subscribe","op":"subscribe"}'],
  nack: (_symbols, reason) => JSON.stringify({ success: false, ret_msg: reason, op: 'subscribe' }),
  frames(symbol, trades) {
    const rows = trades.map((trade) => {
      return `{"T":${millis(trade)},"s":"${symbol}","S":"${side(trade)}","v":"${decimal(trade.quantity)}","p":"${decimal(trade.price)}","L":"ZeroMinusTick","i":"${trade.id}","BT":false}`;
    });
    return [`{"topic":"publicTrade.${symbol}","type":"snapshot","ts":1,"data":[${rows.join(',')}]}`];
  },
  goodbye: undefined,
  question(url) {
    const symbol = url.searchParams.get('symbol');
    if (symbol === null || url.pathname !== '/v5/market/recent-trade') return undefined;
    return { symbol, limit: numberIn(url, 'limit') ?? 500 };
  },
  page(symbol, trades) {
    const list = trades.toReversed().map((trade) => {
      return `{"execId":"${trade.id}","symbol":"${symbol}","price":"${decimal(trade.price)}","size":"${decimal(trade.quantity)}","side":"${side(trade)}","time":"${millis(trade)}","isBlockTrade":false}`;
    });
    return `{"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[${list.join(',')}]}}`;
  },
};
