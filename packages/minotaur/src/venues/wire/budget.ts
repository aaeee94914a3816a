/** What a venue lets one address ask in a minute: never more in any minute, whoever of this process asks. */

/** So much of a minute's budget may go at once, and so much comes back in a minute: together below the whole. */
const AT_ONCE = 0.1;
export const A_MINUTE = 0.85;

export interface Budget {
  /** Takes `cost`; milliseconds until it may be spent. */
  take(cost: number): number;
  /** What was taken is not needed. */
  giveBack(cost: number): void;
  /** The share of what may go at once that is gone; above 1 where somebody waits. */
  used(): number;
}

export function createBudget(perMinute: number, perPage: number, now: () => number): Budget {
  const room = Math.max(perPage, AT_ONCE * perMinute);
  const rate = (A_MINUTE * perMinute) / 60_000;
  let left = room;
  let at = now();
  const refill = (): void => {
    const to = now();
    left = Math.min(room, left + rate * (to - at));
    at = to;
  };
  return {
    take(cost) {
      refill();
      left -= cost;
      return left >= 0 ? 0 : -left / rate;
    },
    giveBack(cost) {
      left = Math.min(room, left + cost);
    },
    used() {
      refill();
      return 1 - left / room;
    },
  };
}
