/**
 * As few groups of events as still fail, by delta debugging (Zeller and Hildebrandt 2002): the tail is cut, then the front, then
 * whatever else can go; at last neighbours are made one.
 */

/** Events that have become one: usually a single row. */
export type Group = readonly number[];

/** Fewer groups, such that `fails` still says yes; `more` ends the search early. */
export async function minimise(
  all: readonly Group[],
  fails: (groups: readonly Group[]) => Promise<boolean>,
  more: () => boolean,
): Promise<readonly Group[]> {
  const head = all.slice(0, await leastThat(all.length, (n) => fails(all.slice(0, n))));
  const tail = head.slice(-(await leastThat(head.length, (n) => fails(head.slice(-n)))));
  const fewer = await thin(tail, () => [], fails, more);
  return thin(fewer, (chunk) => [chunk.flat()], fails, more);
}

/** Puts `instead` in the place of runs of groups, long runs first, as long as `fails` says yes. */
async function thin(
  groups: readonly Group[],
  instead: (chunk: readonly Group[]) => readonly Group[],
  fails: (groups: readonly Group[]) => Promise<boolean>,
  more: () => boolean,
): Promise<readonly Group[]> {
  const shortest = instead([[0], [1]]).length + 1;
  for (let size = Math.max(shortest, Math.ceil(groups.length / 2)); more();) {
    const before = groups.length;
    for (let at = 0; at + shortest <= groups.length && more();) {
      const put = instead(groups.slice(at, at + size));
      const tried = [...groups.slice(0, at), ...put, ...groups.slice(at + size)];
      if (tried.length > 0 && (await fails(tried))) groups = tried;
      else at += size;
    }
    if (size === shortest && groups.length === before) break;
    size = Math.max(shortest, Math.floor(size / 2));
  }
  return groups;
}

/** The least n in [1, most] for which `fails`, as bisection finds it; `most` is known to. */
async function leastThat(most: number, fails: (n: number) => Promise<boolean>): Promise<number> {
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (await fails(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
