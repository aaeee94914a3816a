/** Coinbase Exchange: the channel `matches`, and the answers of `products/.../trades`, newest first. Its `side` is the maker's. */
import { oldestFirst, other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { isList, member, textOf, type Json } from '../contract/json.ts';
import { id, list, positive, refuse, symbol, symbolOf, takerSold, text, time } from '../contract/readings.ts';
import { documented, memory, seen, venue } from '../contract/venue.ts';

const OTHERS: ReadonlySet<string> = new Set(
  'ticker,snapshot,l2update,received,open,done,change,activate,status,auction,rfq_match'.split(','),
);

function tradeOf(match: Json, name: string | undefined): VenueTrade {
  return {
    symbol: name,
    id: id(match, 'trade_id'),
    time: time(match, 'time', 'iso'),
    price: positive(match, 'price'),
    quantity: positive(match, 'size'),
    buyerMaker: takerSold(match, 'side', 'sell', 'buy'),
  };
}

/** Without `matches` among the channels, nothing that was asked for is taken. */
function acknowledged(message: Json): readonly Decoded[] {
  const matches = list(message, 'channels').find((channel) => textOf(member(channel, 'name')) === 'matches');
  if (matches === undefined) return [{ kind: 'nack', reason: 'no channel `matches` among the subscriptions' }];
  const symbols = list(matches, 'product_ids').map((name) => symbolOf(name, 'product_ids'));
  return [{ kind: 'ack', symbols }];
}

/** `last_trade_id` was 0 for months where it was not known. */
function heartbeat(message: Json): readonly Decoded[] {
  const lastId = id(message, 'last_trade_id');
  const about = { symbol: symbol(message, 'product_id'), lastId: String(lastId) };
  return [{ kind: 'heartbeat', ...(lastId > 0 ? about : {}) }];
}

function read(message: Json): readonly Decoded[] {
  const type = textOf(member(message, 'type'));
  if (type === 'match') return trades([tradeOf(message, symbol(message, 'product_id'))]);
  if (type === 'last_match') return trades([tradeOf(message, symbol(message, 'product_id'))], true);
  if (type === 'heartbeat') return heartbeat(message);
  if (type === 'subscriptions') return acknowledged(message);
  if (type === 'error')
    return [{ kind: 'nack', reason: text(message, member(message, 'reason') ? 'reason' : 'message') }];
  return type !== undefined && OTHERS.has(type) ? other(type) : refuse('type', 'a message of `matches`', message);
}

const isAnswer = (row: Json | undefined): boolean =>
  member(row, 'trade_id') !== undefined && member(row, 'size') !== undefined && member(row, 'product_id') === undefined;

export const coinbase = venue({
  name: 'coinbase',
  title: 'Coinbase Exchange',
  messages: {
    name: 'coinbase',
    reader: () => read,
    answer: (message) =>
      isList(message) && (message.length === 0 || isAnswer(message[0]))
        ? oldestFirst(message.map((row) => tradeOf(row, undefined)))
        : undefined,
  },
  profiles: ['coinbase'],
  id: seen('`trade_id`, dense per product; `sequence` is not'),
  time: seen('us'),
  side: documented("`side` is the maker's"),
  counts: documented('all of `matches`'),
  stream: {
    urls: { coinbase: documented(['wss://ws-feed.exchange.coinbase.com']) },
    subscribe: (symbols) => [
      JSON.stringify({ type: 'subscribe', product_ids: symbols, channels: ['matches', 'heartbeat'] }),
    ],
    subscription: 'documented',
    acknowledged: documented('text'),
    keepAlive: documented({ ping: null, proof: 'heartbeat', deadAfterMs: 10_000 }),
    closesAfterHours: memory(null),
    reconnectRequest: memory(null),
    limits: memory({
      symbolsPerConnection: null,
      messagesPerSecond: 8,
      symbolsPerMessage: null,
      connectionsPerMinute: 60,
    }),
  },
  repair: {
    host: documented('api.exchange.coinbase.com'),
    // `after` gives what is older than an id, newest first: ids are dense, so this page begins with the one that is asked for.
    request: ({ symbol: product, fromId }) => {
      const after = fromId === undefined ? '' : `&after=${BigInt(fromId) + 1000n}`;
      return { method: 'GET', path: `/products/${encodeURIComponent(product)}/trades?limit=1000${after}` };
    },
    by: documented('id'),
    pageSize: documented(1000),
    budget: memory({ perPage: 1, perMinute: 600, unit: 'requests' }),
    reaches: documented('the first trade'),
    needsKey: documented(false),
  },
});
