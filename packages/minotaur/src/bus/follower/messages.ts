/** From events as a journal has them to those of messages: trades that were told the same are one event of many. */
import type { ReceivedTrade, RecordedEvent } from 'minotaur-core/internal/live/record';
import { appendTrade, createTradeBlock } from 'minotaur-core/internal/trades/trade';
import { sameOrigin } from '../../journal/pushes.ts';
import type { BusEvent, TradesEvent } from '../codec/events.ts';

/** Any way of cutting trades into blocks gives the same rows. */
export function busEventsOf(events: readonly RecordedEvent[]): BusEvent[] {
  const found: BusEvent[] = [];
  let run: ReceivedTrade[] = [];
  const close = (): void => {
    if (run.length > 0) found.push(tradesEvent(run));
    run = [];
  };
  for (const event of events) {
    if (event.kind !== 'trade' || (run.length > 0 && !isAlike(event, run[0]))) close();
    if (event.kind === 'trade') run.push(event);
    else found.push(event);
  }
  close();
  return found;
}

const isAlike = (a: ReceivedTrade, b: ReceivedTrade): boolean =>
  a.instrument === b.instrument && sameOrigin(a.origin, b.origin) && hasArrival(a) === hasArrival(b);

const hasArrival = ({ arrival }: ReceivedTrade): boolean => arrival === arrival;

function tradesEvent(trades: readonly ReceivedTrade[]): TradesEvent {
  const [{ instrument, origin }] = trades;
  const block = createTradeBlock(trades.length);
  for (const trade of trades) appendTrade(block, trade);
  const arrival = hasArrival(trades[0]) ? Float64Array.from(trades, (trade) => trade.arrival) : undefined;
  return { kind: 'trades', instrument, origin, block, arrival };
}
