/** Seeded choices for training: the same for a seed on every machine. */

/** Uniform numbers in [0, 1) (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` of the numbers 0 .. total - 1 without replacement, ascending (Knuth's selection sampling). */
export function choose(random: () => number, total: number, count: number): Uint32Array {
  const chosen = new Uint32Array(count);
  if (count === total) return chosen.map((_, i) => i);
  for (let i = 0, taken = 0; taken < count; i++) {
    if ((total - i) * random() < count - taken) chosen[taken++] = i;
  }
  return chosen;
}
