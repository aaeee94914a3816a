/** Trades that wait until none can come that belongs before them: in order of time and id, bounded, part of the state. */
import { compareIds, hasId, ID_WORDS } from './id.ts';
import { createTradeBlock, copyTrade, dropTrades, TRADE_VALUES, withRoom, type TradeBlock } from './trade.ts';

/** So many trades wait at most. */
export const MOST_WAITING = 65_536;

/** Trades in two parts: [0, due) may go, in this order for good; behind them those that wait, sorted. */
export interface Waiting {
  /** Valid until the next call. */
  readonly block: TradeBlock;
  /** How many at the front may go. */
  readonly due: number;
  /** Puts row `i` of `from`, as one of `time`, in its place among those that wait: behind all of that time and its id. */
  insert(from: TradeBlock, i: number, time: number): void;
  /** Lets those go whose time is below `time`. */
  letGo(time: number): void;
  /** Lets the first go of those that wait. */
  letFirstGo(): void;
  /** Forgets the first `count`, which have gone. */
  drop(count: number): void;
  /** Takes the place of what was: `count` trades that wait, which are then written into the block that is returned. */
  refill(count: number): TradeBlock;
}

const ROOM = 1024;

/** Whether the id of row `k` of the block belongs behind that of row `i` of `from`; others stay in the order in which they came. */
function hasIdBehind(block: TradeBlock, k: number, from: TradeBlock, i: number): boolean {
  return hasId(block.id, k) && hasId(from.id, i) && compareIds(block.id, k, from.id, i) > 0;
}

/** `byId`: ids order trades of one time. */
export function createWaiting(byId: boolean): Waiting {
  let block = createTradeBlock(ROOM);
  let due = 0;

  function openAt(k: number): void {
    for (const name of TRADE_VALUES) block[name].copyWithin(k + 1, k, block.length);
    block.id.copyWithin(ID_WORDS * (k + 1), ID_WORDS * k, ID_WORDS * block.length);
    block.length++;
  }

  return {
    get block() {
      return block;
    },
    get due() {
      return due;
    },
    insert(from, i, time) {
      block = withRoom(block);
      // From the end, because trades are nearly in order.
      let k = block.length;
      while (
        k > due &&
        (block.time[k - 1] > time || (byId && block.time[k - 1] === time && hasIdBehind(block, k - 1, from, i)))
      )
        k--;
      if (k === block.length) block.length++;
      else openAt(k);
      copyTrade(block, k, from, i);
      block.time[k] = time;
    },
    letGo(time) {
      while (due < block.length && block.time[due] < time) due++;
    },
    letFirstGo() {
      due++;
    },
    drop(count) {
      dropTrades(block, count);
      due -= count;
    },
    refill(count) {
      block = createTradeBlock(Math.max(ROOM, count));
      block.length = count;
      due = 0;
      return block;
    },
  };
}
