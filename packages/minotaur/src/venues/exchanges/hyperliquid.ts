/** Hyperliquid: the subscription `trades`, and the answers of `recentTrades`, newest first. Users' addresses are not read. */
import { oldestFirst, other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { isList, member, textOf, type Json } from '../contract/json.ts';
import { id, list, positive, refuse, symbol, takerSold, text, time } from '../contract/readings.ts';
import { documented, memory, seen, venue } from '../contract/venue.ts';

const OTHERS: ReadonlySet<string> = new Set('l2Book,bbo,candle,allMids,activeAssetCtx,activeSpotAssetCtx'.split(','));

function tradeOf(row: Json): VenueTrade {
  return {
    symbol: symbol(row, 'coin'),
    id: id(row, 'tid'),
    time: time(row, 'time', 'ms'),
    price: positive(row, 'px'),
    quantity: positive(row, 'sz'),
    buyerMaker: takerSold(row, 'side', 'b', 'a'),
  };
}

function acknowledged(message: Json): readonly Decoded[] {
  const subscription = member(member(message, 'data'), 'subscription');
  if (textOf(member(subscription, 'type')) !== 'trades') return other('subscriptionResponse');
  return [{ kind: 'ack', symbols: [symbol(subscription, 'coin')] }];
}

function read(message: Json): readonly Decoded[] {
  const channel = text(message, 'channel');
  // The first message of a coin has recent trades and looks like any other.
  if (channel === 'trades') return trades(oldestFirst(list(message, 'data').map(tradeOf)), true);
  if (channel === 'pong') return [{ kind: 'heartbeat' }];
  if (channel === 'subscriptionResponse') return acknowledged(message);
  if (channel === 'error') return [{ kind: 'nack', reason: text(message, 'data') }];
  return OTHERS.has(channel) ? other(channel) : refuse('channel', 'a message of `trades`', channel);
}

const isAnswer = (row: Json | undefined): boolean =>
  member(row, 'coin') !== undefined && member(row, 'tid') !== undefined;

export const hyperliquid = venue({
  name: 'hyperliquid',
  title: 'Hyperliquid',
  messages: {
    name: 'hyperliquid',
    reader: () => read,
    answer: (message) =>
      isList(message) && (message.length === 0 || isAnswer(message[0])) ? oldestFirst(message.map(tradeOf)) : undefined,
  },
  profiles: ['hyperliquid'],
  id: seen('`tid`, a hash of 50 bits'),
  time: seen('ms'),
  side: documented('`side`: B the taker bought, A he sold'),
  counts: memory('all of `trades`'),
});
