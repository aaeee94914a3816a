/** Which member owns which partition: by the same rule for all, so that few move when one comes or goes. */
import { crc32 } from 'node:zlib';

/**
 * Each partition to the member for which its hash is highest and that has not its share yet (rendezvous hashing, with a bound):
 * when a member goes, its partitions move, and hardly any other.
 */
export function assignPartitions(members: readonly string[], partitions: number): ReadonlyMap<string, number[]> {
  const share = Math.ceil(partitions / members.length);
  const owned = new Map<string, number[]>(members.map((member) => [member, []]));
  for (let p = 0; p < partitions; p++) {
    const weighed = members.map((member) => ({ member, weight: crc32(`${p} ${member}`) }));
    weighed.sort((a, b) => b.weight - a.weight || (a.member < b.member ? -1 : 1));
    const { member } = weighed.find((one) => (owned.get(one.member) ?? []).length < share) ?? weighed[0];
    owned.get(member)?.push(p);
  }
  return owned;
}
