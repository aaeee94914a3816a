/** As Bitstamp says it: ids that rise, whole seconds over REST. */
import { decimal, parsed, type Dialect } from './dialect.ts';

const channelOf = (symbol: string): string => `live_trades_${symbol}`;

export const bitstampDialect: Dialect = {
  ask(text) {
    const { event, data } = parsed(text) ?? {};
    if (event === 'bts:heartbeat')
      return { reply: '{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}' };
    const channel = String((data as Record<string, unknown> | undefined)?.channel);
    return event === 'bts:subscribe' ? { subscribe: [channel.replace('live_trades_', '')] } : undefined;
  },
  acks: (symbols) =>
    symbols.map((symbol) => `{"event":"bts:subscription_succeeded","channel":"${channelOf(symbol)}","data":{}}`),
  nack: (_symbols, reason) =>
    JSON.stringify({ event: 'bts:error', channel: '', data: { code: null, message: reason } }),
  frames: (symbol, trades) =>
    trades.map(({ id, time, price, quantity, buyerMaker }) => {
      const [p, q] = [decimal(price), decimal(quantity)];
      return `{"data":{"id":${id},"microtimestamp":"${time}","amount":${q},"amount_str":"${q}","price":${p},"price_str":"${p}","type":${buyerMaker === true ? 1 : 0}},"event":"trade","channel":"${channelOf(symbol)}"}`;
    }),
  goodbye: '{"event":"bts:request_reconnect","channel":"","data":""}',
  question(url) {
    const symbol = /^\/api\/v2\/transactions\/([^/]+)\/$/.exec(url.pathname)?.[1];
    return symbol === undefined ? undefined : { symbol: decodeURIComponent(symbol), limit: 1e6 };
  },
  page(_symbol, trades) {
    const rows = trades.toReversed().map(({ id, time, price, quantity, buyerMaker }) => {
      const type = buyerMaker === true ? 1 : 0;
      return `{"tid":"${id}","date":"${Math.floor(time / 1e6)}","price":"${decimal(price)}","amount":"${decimal(quantity)}","type":"${type}"}`;
    });
    return `[${rows.join(',')}]`;
  },
};
