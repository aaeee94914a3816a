/** Trades that wait until none can come that belongs before them: in order of time and id, bounded, part of the state. */
import { compareIds, hasId, ID_WORDS } from './id.ts';
import { createTradeBlock, copyTrade, dropTrades, TRADE_VALUES, withRoom, type TradeBlock } from './trade.ts';

/** So many trades wait at most. */
export const MOST_WAITING = 65_536;

/** Doubles of a trade that waits in a snapshot, beside the words of its id. */
export const WAITING_DOUBLES = TRADE_VALUES.length + 1;

/** Trades in two parts: [0, due) may go, in this order for good; behind them those that wait, sorted. */
export interface Waiting {
  /** Valid until the next call. */
  readonly block: TradeBlock;
  /** Of each the place among all that came. */
  readonly came: Float64Array;
  /** How many at the front may go. */
  readonly due: number;
  /** Puts row `i` of `from`, as one of `time` that came as the `ordinal`-th, in its place among those that wait: behind all of that time and its id. */
  insert(from: TradeBlock, i: number, time: number, ordinal: number): void;
  /** Lets those go whose time is below `time`. */
  letGo(time: number): void;
  /** Lets the first go of those that wait. */
  letFirstGo(): void;
  /** Forgets the first `count`, which have gone. */
  drop(count: number): void;
  /** Writes all of them. */
  save(doubles: Float64Array, at: number, words: Uint32Array, wordsAt: number): void;
  /** Takes the place of what was: `count` trades that wait. */
  load(count: number, doubles: Float64Array, at: number, words: Uint32Array, wordsAt: number): void;
}

const ROOM = 1024;

/** `byId`: ids order trades of one time. */
export function createWaiting(byId: boolean): Waiting {
  let block = createTradeBlock(ROOM);
  let came = new Float64Array(ROOM);
  let due = 0;

  /** The columns of one double a trade. */
  const columns = (): readonly Float64Array[] => [...TRADE_VALUES.map((name) => block[name]), came];

  /** Whether trade `k` belongs behind row `i` of `from`; those of one time and id stay in the order in which they came. */
  function isBehind(k: number, from: TradeBlock, i: number, time: number): boolean {
    if (block.time[k] !== time) return block.time[k] > time;
    return byId && hasId(block.id, k) && hasId(from.id, i) && compareIds(block.id, k, from.id, i) > 0;
  }

  function makeRoom(): void {
    block = withRoom(block);
    if (came.length === block.time.length) return;
    const more = new Float64Array(block.time.length);
    more.set(came);
    came = more;
  }

  function openAt(k: number): void {
    for (const column of columns()) column.copyWithin(k + 1, k, block.length);
    block.id.copyWithin(ID_WORDS * (k + 1), ID_WORDS * k, ID_WORDS * block.length);
    block.length++;
  }

  return {
    get block() {
      return block;
    },
    get came() {
      return came;
    },
    get due() {
      return due;
    },
    insert(from, i, time, ordinal) {
      makeRoom();
      // From the end, because trades are nearly in order.
      let k = block.length;
      while (k > due && isBehind(k - 1, from, i, time)) k--;
      if (k === block.length) block.length++;
      else openAt(k);
      copyTrade(block, k, from, i);
      block.time[k] = time;
      came[k] = ordinal;
    },
    letGo(time) {
      while (due < block.length && block.time[due] < time) due++;
    },
    letFirstGo() {
      due++;
    },
    drop(count) {
      came.copyWithin(0, count, block.length);
      dropTrades(block, count);
      due -= count;
    },
    save(doubles, at, words, wordsAt) {
      const { length } = block;
      columns().forEach((column, k) => doubles.set(column.subarray(0, length), at + k * length));
      words.set(block.id.subarray(0, ID_WORDS * length), wordsAt);
    },
    load(count, doubles, at, words, wordsAt) {
      block = createTradeBlock(Math.max(ROOM, count));
      came = new Float64Array(block.time.length);
      block.length = count;
      due = 0;
      columns().forEach((column, k) => column.set(doubles.subarray(at + k * count, at + (k + 1) * count)));
      block.id.set(words.subarray(wordsAt, wordsAt + ID_WORDS * count));
    },
  };
}
