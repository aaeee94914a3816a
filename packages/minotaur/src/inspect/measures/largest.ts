/** The few items with the largest keys of many. */
export interface Largest<T> {
  /** `make` is called where the item is among them. */
  add(key: number, make: () => T): void;
  /** The largest first; of equal keys the one that came first. */
  list(): T[];
}

export function createLargest<T>(atMost: number): Largest<T> {
  const kept: { readonly key: number; readonly item: T }[] = [];
  return {
    add(key, make) {
      if (kept.length === atMost && !(key > kept[atMost - 1].key)) return;
      let at = kept.length;
      while (at > 0 && key > kept[at - 1].key) at--;
      kept.splice(at, 0, { key, item: make() });
      if (kept.length > atMost) kept.pop();
    },
    list: () => kept.map(({ item }) => item),
  };
}
