/** BitMEX: the table `trade`, and the answers of `/trade`. */
import { oldestFirst, other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { isList, member, textOf, type Json } from '../contract/json.ts';
import { list, positive, refuse, symbol, takerSold, text, time, uuid } from '../contract/readings.ts';
import { documented, memory, seen, venue } from '../contract/venue.ts';

function tradeOf(row: Json): VenueTrade {
  return {
    symbol: symbol(row, 'symbol'),
    id: uuid(row, 'trdMatchID'),
    time: time(row, 'timestamp', 'iso'),
    price: positive(row, 'price'),
    quantity: positive(row, 'size'),
    buyerMaker: takerSold(row, 'side', 'buy', 'sell'),
  };
}

/** The price of an index, which nobody traded. */
const isReference = (row: Json): boolean => textOf(member(row, 'trdType')) === 'Referential';

function readTable(message: Json): readonly Decoded[] {
  const action = text(message, 'action');
  if (action !== 'partial' && action !== 'insert') return refuse('action', 'partial or insert', action);
  const rows = list(message, 'data');
  const apart = rows.filter(isReference).map((row): Decoded => {
    return { kind: 'leftOut', symbol: symbol(row, 'symbol'), id: text(row, 'trdMatchID'), reason: 'reference price' };
  });
  const own = rows.filter((row) => !isReference(row)).map(tradeOf);
  return [...apart, ...trades(oldestFirst(own), action === 'partial')];
}

function read(message: Json): readonly Decoded[] {
  const table = textOf(member(message, 'table'));
  if (table === 'trade') return readTable(message);
  if (table !== undefined) return other(table);
  if (member(message, 'error') !== undefined) return [{ kind: 'nack', reason: text(message, 'error') }];
  if (member(message, 'info') !== undefined) return other('info');
  const topic = /^trade:(.+)$/s.exec(textOf(member(message, 'subscribe')) ?? '')?.[1];
  if (member(message, 'success') !== true) return refuse('table', 'a message of `trade`', message);
  return [{ kind: 'ack', ...(topic === undefined ? {} : { symbols: [topic] }) }];
}

export const bitmex = venue({
  name: 'bitmex',
  title: 'BitMEX',
  messages: {
    name: 'bitmex',
    reader: () => read,
    plain: { pong: { kind: 'heartbeat' } },
    answer: (message) =>
      isList(message) && (message.length === 0 || member(message[0], 'trdMatchID') !== undefined)
        ? oldestFirst(message.filter((row) => !isReference(row)).map(tradeOf))
        : undefined,
  },
  profiles: ['bitmex', 'bitmex-linear'],
  id: seen('`trdMatchID`, a UUID'),
  time: seen('ms'),
  side: documented("`side` is the taker's"),
  counts: memory('all of `trade` but reference prices of indices'),
  dump: {
    file: (_, day) => ({
      url: `https://public.bitmex.com/data/trade/${day.replaceAll('-', '')}.csv.gz`,
      checksum: null,
    }),
    address: 'documented',
    layouts: { bitmex: documented('bybit or bitmex trades'), 'bitmex-linear': documented('bybit or bitmex trades') },
    published: memory('the next day; one file for all instruments'),
    dayAheadHours: memory(0),
  },
});
