/** `count` of the numbers 0 .. total - 1 without replacement, ascending (Knuth's selection sampling). */
export function choose(random: () => number, total: number, count: number): Uint32Array {
  const chosen = new Uint32Array(count);
  if (count === total) return chosen.map((_, i) => i);
  for (let i = 0, taken = 0; taken < count; i++) {
    if ((total - i) * random() < count - taken) chosen[taken++] = i;
  }
  return chosen;
}
