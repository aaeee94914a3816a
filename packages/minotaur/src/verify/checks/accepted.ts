/** The trades that a chain took, as whoever handed them in sees it: from the notices alone, without looking inside. */
import type { Notice } from 'minotaur-core/internal/trades/intake';
import { eraOf } from './eras.ts';
import { parseSpan } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { idAt } from 'minotaur-core/internal/trades/id';
import { idsOrder } from 'minotaur-core/internal/trades/identity/kinds';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';

export interface AcceptedTrade {
  /** Microseconds: a late trade that was kept stands at the time it became known. */
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  readonly dollars: number;
  /** Quantity that the taker bought; NaN where the side is unknown. */
  readonly bought: number;
  /** Resets of the instrument up to its time. */
  readonly era: number;
}

/** What a quantity is in base and quote units; kept apart from the chain's own lines, which are checked by it. */
function amountsOf(
  price: number,
  amount: number,
  { contract, size }: Instrument,
): { quantity: number; dollars: number } {
  switch (contract) {
    case 'spot':
      return { quantity: amount, dollars: price * amount };
    case 'linear':
      return { quantity: amount * size, dollars: price * (amount * size) };
    case 'inverse':
      return { quantity: (amount * size) / price, dollars: amount * size };
  }
}

/** Trade `i` of a block as one of that time: what was paid is that of the raw trade, prices and quantities are of the earliest basis. */
function tradeAt(block: TradeBlock, i: number, time: number, of: Instrument): AcceptedTrade {
  const side = block.side[i];
  const past = of.adjustments.filter((one) => one.time <= block.time[i]);
  const scale = past.reduce((product, { factor }) => product * factor, 1);
  const { quantity: raw, dollars } = amountsOf(block.price[i], block.quantity[i], of);
  const quantity = raw / scale;
  const bought = side === 1 ? quantity : side * 0;
  return { time, price: block.price[i] * scale, quantity, dollars, bought, era: eraOf(of, time) };
}

/** Rows that were dropped. */
function droppedBy(notices: readonly Notice[]): ReadonlySet<number> {
  const dropped = new Set<number>();
  for (const { handling, row, last } of notices)
    if (handling === 'drop') for (let i = row; i <= last; i++) dropped.add(i);
  return dropped;
}

/** What the chain has used of one instrument's trades, as they are handed in. */
export interface Accept {
  /** Takes the trades of one push with the notices of it, and gives those that the chain has used since. */
  trades(block: TradeBlock, notices: readonly Notice[]): AcceptedTrade[];
  /** No trade before `time` will come: gives those that were waiting for one. */
  advance(time: number): AcceptedTrade[];
}

/** For an instrument of the plan: from the notices alone, and where late trades are put in order by a plain list. */
export function createAccept({ config }: Plan, of: Instrument): Accept {
  const { reorder } = config.trades;
  return reorder === undefined ? asTheyCome(of) : inOrder(of, parseSpan(reorder.within));
}

function asTheyCome(of: Instrument): Accept {
  let reached = 0;
  return {
    trades(block, notices) {
      const dropped = droppedBy(notices);
      const accepted: AcceptedTrade[] = [];
      for (let i = 0; i < block.length; i++) {
        if (dropped.has(i)) continue;
        reached = Math.max(reached, block.time[i]);
        accepted.push(tradeAt(block, i, reached, of));
      }
      return accepted;
    },
    advance(time) {
      reached = Math.max(reached, time);
      return [];
    },
  };
}

/** A trade that may have to wait, its time that for which it is put in order. */
interface Arrived {
  readonly trade: AcceptedTrade;
  /** 0 where ids do not order trades. */
  readonly id: bigint;
  /** Place among all that came. */
  readonly ordinal: number;
}

function inOrder(of: Instrument, within: number): Accept {
  const byId = idsOrder(of.ids);
  let arrived: Arrived[] = [];
  let newest = 0;
  /** Trades before this time wait no longer. */
  let due = 0;
  let came = 0;
  const letGo = (): AcceptedTrade[] => {
    arrived.sort((a, b) => a.trade.time - b.trade.time || Number(a.id - b.id) || a.ordinal - b.ordinal);
    const waiting = arrived.findIndex(({ trade }) => trade.time >= due);
    return arrived.splice(0, waiting < 0 ? arrived.length : waiting).map(({ trade }) => trade);
  };
  return {
    trades(block, notices) {
      // A notice may be of a trade that came with a block before.
      const dropped = new Set([...droppedBy(notices)].map((row) => came + row));
      for (let i = 0; i < block.length; i++) {
        const trade = tradeAt(block, i, Math.max(block.time[i], due), of);
        const id = byId ? BigInt(idAt(block.id, i) ?? 0) : 0n;
        arrived.push({ trade, id, ordinal: came + i });
        if (!dropped.has(came + i)) newest = Math.max(newest, block.time[i]);
        due = Math.max(due, newest - within);
      }
      came += block.length;
      arrived = arrived.filter(({ ordinal }) => !dropped.has(ordinal));
      return letGo();
    },
    advance(time) {
      newest = Math.max(newest, time);
      due = Math.max(due, time);
      return letGo();
    },
  };
}
