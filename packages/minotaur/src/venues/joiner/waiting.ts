/** Trades that wait for those before them, ascending by id, each id once. */
import type { Arrived } from './contract.ts';

export interface Waiting {
  readonly length: number;
  /** Id of the first; NaN where none waits. */
  readonly first: number;
  readonly newest: number;
  peek(): Arrived | undefined;
  shift(): Arrived | undefined;
  /** False where the id is there already. */
  add(arrived: Arrived): boolean;
  /** Forgets all up to and with `id`. */
  dropTo(id: number): number;
}

const idOf = ({ trade }: Arrived): number => Number(trade.id);

export function createWaiting(): Waiting {
  let trades: Arrived[] = [];
  let head = 0;
  /** Place of the first trade whose id is not below `id`. */
  const placeOf = (id: number): number => {
    let low = head;
    let high = trades.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (idOf(trades[middle]) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** What was taken from the front is given back once it is half of all. */
  const settle = (): void => {
    if (head < 1024 || 2 * head < trades.length) return;
    trades = trades.slice(head);
    head = 0;
  };
  return {
    get length() {
      return trades.length - head;
    },
    get first() {
      return head < trades.length ? idOf(trades[head]) : NaN;
    },
    get newest() {
      return head < trades.length ? idOf(trades[trades.length - 1]) : NaN;
    },
    peek: () => trades[head],
    shift() {
      const first = trades[head];
      if (first === undefined) return undefined;
      head++;
      settle();
      return first;
    },
    add(arrived) {
      const id = idOf(arrived);
      if (head === trades.length || idOf(trades[trades.length - 1]) < id) {
        trades.push(arrived);
        return true;
      }
      const place = placeOf(id);
      if (idOf(trades[place]) === id) return false;
      trades.splice(place, 0, arrived);
      return true;
    },
    dropTo(id) {
      const place = placeOf(id + 1);
      const dropped = place - head;
      head = place;
      settle();
      return dropped;
    },
  };
}
