/** What was made last, kept for the next time: the least recently used goes first. */

/** `make` of each key, at most `bound` of them at a time. What could not be made is tried again. */
export function keepLast<K, T>(bound: number, make: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const kept = new Map<K, Promise<T>>();
  return (key) => {
    const found = kept.get(key) ?? make(key);
    kept.delete(key);
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > bound) kept.delete(oldest);
    return found;
  };
}
