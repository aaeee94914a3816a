/**
 * Bybit: the topic `publicTrade` of all markets, `trade` of the version before, and the answers of `recent-trade`. Block
 * trades are not in the dumps of its order books and are left out.
 */
import { frameVenue, oldestFirst, sideByWord, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

const topicOf = (message: Json): string => textOf(member(message, 'topic')) ?? '';
const isTrades = (message: Json): boolean =>
  /^(publicTrade|trade)\./.test(topicOf(message)) && elements(member(message, 'data')).length > 0;

function answered(message: Json): readonly Json[] {
  const rows = member(message, 'retCode') === undefined ? undefined : member(member(message, 'result'), 'list');
  return elements(rows).filter((row) => member(row, 'execId') !== undefined);
}

const word = (row: Json, key: string) => sideByWord(textOf(member(row, key)), 'buy', 'sell');

function ofTopic(row: Json): RawTrade {
  return {
    symbol: textOf(member(row, 's')),
    id: textOf(member(row, 'i')),
    time: textOf(member(row, 'T')),
    price: textOf(member(row, 'p')),
    quantity: textOf(member(row, 'v')),
    ...word(row, 'S'),
  };
}

function ofOldTopic(row: Json): RawTrade {
  return {
    symbol: textOf(member(row, 'symbol')),
    id: textOf(member(row, 'trade_id')),
    time: textOf(member(row, 'trade_time_ms')),
    price: textOf(member(row, 'price')),
    quantity: textOf(member(row, 'size')),
    ...word(row, 'side'),
  };
}

function ofAnswer(row: Json): RawTrade {
  return {
    symbol: textOf(member(row, 'symbol')),
    id: textOf(member(row, 'execId')),
    time: textOf(member(row, 'time')),
    price: textOf(member(row, 'price')),
    quantity: textOf(member(row, 'size')),
    ...word(row, 'side'),
  };
}

export const bybit = frameVenue({
  name: 'bybit',
  profiles: ['bybit-spot', 'bybit-linear', 'bybit-inverse'],
  knows: (message) => isTrades(message) || answered(message).length > 0,
  decoder: () => (message, sink) => {
    const isBlock = (row: Json): boolean => member(row, 'BT') === true || member(row, 'isBlockTrade') === true;
    const take = (rows: readonly Json[], read: (row: Json) => RawTrade): void => {
      for (const row of rows) if (isBlock(row)) sink.leftOut('block trade');
      for (const trade of oldestFirst(rows.filter((row) => !isBlock(row)).map(read))) sink.trade(trade);
    };
    if (isTrades(message)) {
      take(elements(member(message, 'data')), topicOf(message).startsWith('public') ? ofTopic : ofOldTopic);
    } else take(answered(message), ofAnswer);
  },
});
