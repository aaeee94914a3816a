/**
 * Deribit: the channels `trades.*`, and the answers of `get_last_trades_by_instrument`. The id is `trade_seq`, which is
 * dense per instrument; `trade_id` is not.
 */
import { oldestFirst, other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { isList, isObject, member, textOf, type Json } from '../contract/json.ts';
import { id, list, object, positive, refuse, symbol, takerSold, text, time } from '../contract/readings.ts';
import { documented, memory, seen, venue } from '../contract/venue.ts';

const TEST = JSON.stringify({ jsonrpc: '2.0', id: 9, method: 'public/test', params: {} });

function tradeOf(row: Json): VenueTrade {
  return {
    symbol: symbol(row, 'instrument_name'),
    id: id(row, 'trade_seq'),
    time: time(row, 'timestamp', 'ms'),
    price: positive(row, 'price'),
    quantity: positive(row, 'amount'),
    buyerMaker: takerSold(row, 'direction', 'buy', 'sell'),
  };
}

/** An answer to a request. Channels that there are not are left out of the list without a word. */
function readReply(message: Json): readonly Decoded[] {
  const result = member(message, 'result');
  if (result === undefined) return [{ kind: 'nack', reason: text(object(message, 'error'), 'message') }];
  if (!isList(result))
    return isObject(result) || result === 'ok' ? [{ kind: 'heartbeat' }] : refuse('result', 'a known answer', result);
  const symbols = result.flatMap((channel) => /^trades\.(.+)\.[^.]+$/.exec(textOf(channel) ?? '')?.[1] ?? []);
  if (symbols.length === 0) return [{ kind: 'nack', reason: 'none of the channels is taken' }];
  return [{ kind: 'ack', symbols }];
}

function read(message: Json): readonly Decoded[] {
  const params = member(message, 'params');
  const channel = textOf(member(params, 'channel'));
  if (channel?.startsWith('trades.')) return trades(oldestFirst(list(params, 'data').map(tradeOf)));
  if (channel !== undefined) return other(channel.replace(/\..*$/s, ''));
  if (textOf(member(message, 'method')) === 'heartbeat') {
    const type = textOf(member(params, 'type'));
    return type === 'test_request' ? [{ kind: 'heartbeat' }, { kind: 'respond', text: TEST }] : [{ kind: 'heartbeat' }];
  }
  if (textOf(member(message, 'jsonrpc')) === '2.0' && member(member(message, 'result'), 'trades') === undefined)
    return readReply(message);
  return refuse('params.channel', 'a message of `trades`', message);
}

export const deribit = venue({
  name: 'deribit',
  title: 'Deribit',
  messages: {
    name: 'deribit',
    reader: () => read,
    answer(message) {
      const result = member(message, 'result');
      return isList(member(result, 'trades')) ? oldestFirst(list(result, 'trades').map(tradeOf)) : undefined;
    },
  },
  profiles: ['deribit', 'deribit-linear'],
  id: seen('`trade_seq`, dense per instrument; `trade_id` is not'),
  time: seen('ms'),
  side: documented("`direction` is the taker's"),
  counts: memory('all of `trades`'),
  stream: {
    urls: {
      deribit: documented(['wss://streams.deribit.com/ws/api/v2', 'wss://www.deribit.com/ws/api/v2']),
      'deribit-linear': documented(['wss://streams.deribit.com/ws/api/v2', 'wss://www.deribit.com/ws/api/v2']),
    },
    subscribe: (symbols) => [
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'public/set_heartbeat', params: { interval: 10 } }),
      JSON.stringify({
        jsonrpc: '2.0',
        id: 3,
        method: 'public/subscribe',
        params: { channels: symbols.map((name) => `trades.${name}.100ms`) },
      }),
    ],
    subscription: 'documented',
    acknowledged: documented('symbol'),
    keepAlive: documented({ ping: null, proof: 'heartbeat', deadAfterMs: 30_000 }),
    closesAfterHours: memory(null),
    reconnectRequest: memory(null),
    limits: memory({
      symbolsPerConnection: 500,
      messagesPerSecond: 20,
      symbolsPerMessage: null,
      connectionsPerMinute: null,
    }),
  },
  repair: {
    host: documented('www.deribit.com'),
    request: ({ symbol: name, fromId }) => {
      const first = BigInt(fromId ?? 1);
      const range =
        fromId === undefined ? 'count=1000' : `start_seq=${first}&end_seq=${first + 999n}&count=1000&sorting=asc`;
      const path = `/api/v2/public/get_last_trades_by_instrument?instrument_name=${encodeURIComponent(name)}&${range}`;
      return { method: 'GET', path };
    },
    by: documented('id'),
    pageSize: documented(1000),
    budget: memory({ perPage: 1, perMinute: 1200, unit: 'requests' }),
    reaches: memory('recent trades; all of them on history.deribit.com'),
    needsKey: documented(false),
  },
});
