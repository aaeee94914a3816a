/** The newest of what was published, and no more of it than there is room for. */

/** Items by their number: the first that ever went in is 0. */
export interface Ring<T> {
  /** Number of the oldest that is still there. */
  readonly first: number;
  /** Number that the next will have. */
  readonly next: number;
  /** The one with this number; undefined where it is gone, or not there yet. */
  at(number: number): T | undefined;
  /** At most `most` from this number on, which is none that has gone. */
  take(from: number, most: number): T[];
  push(item: T): void;
  /** Number of the first for which `holds`, of items for which it is false and then true; `next` where it never is. */
  search(holds: (item: T) => boolean): number;
}

/** Room for `capacity` items; the oldest goes when another comes. */
export function createRing<T>(capacity: number): Ring<T> {
  const items: T[] = [];
  let next = 0;
  const ring: Ring<T> = {
    get first() {
      return Math.max(0, next - capacity);
    },
    get next() {
      return next;
    },
    at: (number) => (number >= ring.first && number < next ? items[number % capacity] : undefined),
    take: (from, most) =>
      Array.from({ length: Math.max(0, Math.min(most, next - from)) }, (_, i) => items[(from + i) % capacity]),
    push(item) {
      items[next % capacity] = item;
      next++;
    },
    search(holds) {
      let [low, high] = [ring.first, next];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (holds(items[middle % capacity])) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
  return ring;
}
