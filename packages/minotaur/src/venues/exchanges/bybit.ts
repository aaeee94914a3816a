/**
 * Bybit: the topic `publicTrade` of all markets, `trade` of the version before, and the answers of `recent-trade`. Block
 * trades are not in the dumps of its order books and are left out.
 */
import { oldestFirst, other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { isList, member, textOf, type Json } from '../contract/json.ts';
import { anyId, list, positive, refuse, symbol, takerSold, text, time } from '../contract/readings.ts';
import { documented, memory, seen, venue } from '../contract/venue.ts';

/** What a row's fields are called. */
interface Names {
  readonly symbol: string;
  readonly id: string;
  readonly time: string;
  readonly price: string;
  readonly quantity: string;
  readonly side: string;
}

const TOPIC: Names = { symbol: 's', id: 'i', time: 'T', price: 'p', quantity: 'v', side: 'S' };
const ROW = { symbol: 'symbol', price: 'price', quantity: 'size', side: 'side' };
const OLD_TOPIC: Names = { ...ROW, id: 'trade_id', time: 'trade_time_ms' };
const ANSWER: Names = { ...ROW, id: 'execId', time: 'time' };

function tradeOf(row: Json, names: Names): VenueTrade {
  return {
    symbol: symbol(row, names.symbol),
    id: anyId(row, names.id),
    time: time(row, names.time, 'ms'),
    price: positive(row, names.price),
    quantity: positive(row, names.quantity),
    buyerMaker: takerSold(row, names.side, 'buy', 'sell'),
    // Of spot no message has the direction of the price.
    ...(names === TOPIC ? { market: member(row, 'L') === undefined ? 'spot' : 'contracts' } : {}),
  };
}

const isBlock = (row: Json): boolean => member(row, 'BT') === true || member(row, 'isBlockTrade') === true;

function readRows(rows: readonly Json[], names: Names): readonly Decoded[] {
  const apart = rows.filter(isBlock).map((row): Decoded => {
    return { kind: 'leftOut', symbol: symbol(row, names.symbol), id: text(row, names.id), reason: 'block trade' };
  });
  const own = rows.filter((row) => !isBlock(row)).map((row) => tradeOf(row, names));
  return [...apart, ...(own.length > 0 ? trades(oldestFirst(own)) : [])];
}

/** An answer to a request, or to a ping. */
function readReply(message: Json, op: string | undefined): readonly Decoded[] {
  const word = textOf(member(message, 'ret_msg'));
  if (op === 'pong' || word === 'pong') return [{ kind: 'heartbeat' }];
  const success = member(message, 'success');
  if (typeof success !== 'boolean') return refuse('topic', 'a message of `publicTrade`', message);
  return success ? [{ kind: 'ack' }] : [{ kind: 'nack', reason: text(message, 'ret_msg') }];
}

function read(message: Json): readonly Decoded[] {
  const topic = textOf(member(message, 'topic'));
  if (topic === undefined) return readReply(message, textOf(member(message, 'op')));
  if (topic.startsWith('publicTrade.')) return readRows(list(message, 'data'), TOPIC);
  if (topic.startsWith('trade.')) return readRows(list(message, 'data'), OLD_TOPIC);
  return other(topic.replace(/\..*$/s, ''));
}

function answer(message: Json): readonly VenueTrade[] | undefined {
  const rows = textOf(member(message, 'retCode')) === '0' ? member(member(message, 'result'), 'list') : undefined;
  if (!isList(rows)) return undefined;
  return oldestFirst(rows.filter((row) => !isBlock(row)).map((row) => tradeOf(row, ANSWER)));
}

const categoryOf = (profile: string): string => profile.replace('bybit-', '');
const urlOf = (profile: string) => documented([`wss://stream.bybit.com/v5/public/${categoryOf(profile)}`]);

export const bybit = venue({
  name: 'bybit',
  title: 'Bybit',
  messages: { name: 'bybit', reader: () => read, answer },
  profiles: ['bybit-spot', 'bybit-linear', 'bybit-inverse'],
  id: seen('`i`, a UUID'),
  time: seen('ms'),
  side: documented("`S` is the taker's"),
  counts: documented('all but block trades (`BT`); retail price improvement counts'),
  stream: {
    urls: {
      'bybit-spot': urlOf('bybit-spot'),
      'bybit-linear': urlOf('bybit-linear'),
      'bybit-inverse': urlOf('bybit-inverse'),
    },
    subscribe(symbols) {
      const texts: string[] = [];
      for (let from = 0; from < symbols.length; from += 10) {
        const args = symbols.slice(from, from + 10).map((name) => `publicTrade.${name}`);
        texts.push(JSON.stringify({ op: 'subscribe', args }));
      }
      return texts;
    },
    subscription: 'documented',
    acknowledged: seen('text'),
    keepAlive: documented({
      ping: { text: '{"op":"ping"}', everyMs: 20_000 },
      proof: 'heartbeat',
      deadAfterMs: 45_000,
    }),
    closesAfterHours: memory(null),
    reconnectRequest: memory(null),
    limits: memory({
      symbolsPerConnection: null,
      messagesPerSecond: null,
      symbolsPerMessage: 10,
      connectionsPerMinute: 100,
    }),
  },
  repair: {
    host: documented('api.bybit.com'),
    request: ({ symbol: name, profile }) => {
      const category = categoryOf(profile);
      const query = `category=${category}&symbol=${encodeURIComponent(name)}&limit=${category === 'spot' ? 60 : 1000}`;
      return { method: 'GET', path: `/v5/market/recent-trade?${query}` };
    },
    by: documented('newest'),
    pageSize: memory(1000),
    budget: memory({ perPage: 1, perMinute: 7200, unit: 'requests' }),
    reaches: memory('the last 1,000 trades'),
    needsKey: documented(false),
  },
  markets: {
    'bybit-spot': {
      id: seen('`i`, 19 digits, kept exactly'),
      repair: { pageSize: memory(60), reaches: memory('the last 60 trades') },
    },
  },
  dump: {
    file(market, day, profile) {
      const name = encodeURIComponent(market);
      const isSpot = profile === 'bybit-spot';
      const file = isSpot ? `${name}_${day}.csv.gz` : `${name}${day}.csv.gz`;
      return { url: `https://public.bybit.com/${isSpot ? 'spot' : 'trading'}/${name}/${file}`, checksum: null };
    },
    address: 'documented',
    layouts: {
      'bybit-spot': documented('bybit spot trades'),
      'bybit-linear': documented('bybit or bitmex trades'),
      'bybit-inverse': documented('bybit or bitmex trades'),
    },
    withoutIds: ['bybit-spot'],
    published: documented('01:14 UTC the next day'),
    dayAheadHours: memory(0),
  },
});
