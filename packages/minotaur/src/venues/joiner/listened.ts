/** For tests: a joiner whose every word is kept. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { Arrived, JoinedHole, JoinerEvent, RepairRequest } from './contract.ts';
import { createJoiner } from './joiner.ts';

/** Of each, in their order. */
export const idsOf = (trades: readonly (Trade | Arrived)[]): unknown[] =>
  trades.map((trade) => ('trade' in trade ? trade.trade.id : trade.id));

/** A trade of that id, a millisecond behind the one before. */
export const trade = (id: number, time = id * 1000, price = 100): Trade => ({
  id,
  time,
  price,
  quantity: 1,
  buyerMaker: true,
});

/** A joiner whose every word is kept. */
export function listened(kind: 'dense' | 'rising' | 'unique', options = {}) {
  const [handed, holes, events, requests]: [Arrived[], JoinedHole[], JoinerEvent[], RepairRequest[]] = [[], [], [], []];
  const joiner = createJoiner(
    kind,
    {
      onTrade: (arrived) => handed.push(arrived),
      onHole: (hole) => holes.push(hole),
      onRequest: (request) => requests.push(request),
      onEvent: (event) => events.push(event),
    },
    options,
  );
  return { joiner, handed, holes, events, requests };
}
