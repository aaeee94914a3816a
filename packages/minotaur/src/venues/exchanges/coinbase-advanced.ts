/** Coinbase Advanced Trade: the channel `market_trades`, whose messages may have the newest trade first. */
import { oldestFirst, other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { member, textOf, type Json } from '../contract/json.ts';
import { id, list, object, positive, refuse, symbol, symbolOf, takerSold, text, time } from '../contract/readings.ts';
import { documented, memory, seen, venue } from '../contract/venue.ts';

const OTHERS: ReadonlySet<string> = new Set(
  'l2_data,ticker,ticker_batch,candles,status,user,futures_balance_summary'.split(','),
);

function tradeOf(row: Json): VenueTrade {
  return {
    symbol: symbol(row, 'product_id'),
    id: id(row, 'trade_id'),
    time: time(row, 'time', 'iso'),
    price: positive(row, 'price'),
    quantity: positive(row, 'size'),
    buyerMaker: takerSold(row, 'side', 'buy', 'sell'),
  };
}

function readEvent(event: Json): readonly Decoded[] {
  const isSnapshot = textOf(member(event, 'type')) === 'snapshot';
  return trades(oldestFirst(list(event, 'trades').map(tradeOf)), isSnapshot);
}

function acknowledged(message: Json): readonly Decoded[] {
  return list(message, 'events').map((event) => {
    const channels = object(event, 'subscriptions');
    const symbols = channels.market_trades === undefined ? [] : list(channels, 'market_trades');
    return { kind: 'ack', symbols: symbols.map((name) => symbolOf(name, 'market_trades')) };
  });
}

function read(message: Json): readonly Decoded[] {
  const channel = textOf(member(message, 'channel'));
  if (channel === 'market_trades') return list(message, 'events').flatMap(readEvent);
  if (channel === 'heartbeats') return [{ kind: 'heartbeat' }];
  if (channel === 'subscriptions') return acknowledged(message);
  if (textOf(member(message, 'type')) === 'error') return [{ kind: 'nack', reason: text(message, 'message') }];
  return channel !== undefined && OTHERS.has(channel)
    ? other(channel)
    : refuse('channel', 'a message of `market_trades`', message);
}

export const coinbaseAdvanced = venue({
  name: 'coinbase-advanced',
  title: 'Coinbase Advanced Trade',
  messages: { name: 'coinbase advanced', reader: () => read, answer: () => undefined },
  profiles: ['coinbase-advanced'],
  id: documented('`trade_id`, dense per product, as of Coinbase Exchange'),
  time: seen('us'),
  // Not settled: the channel's words can be read as the taker's; others document the maker's.
  side: memory("`side` is the taker's; others read the maker's"),
  counts: documented('all of `market_trades`'),
});
