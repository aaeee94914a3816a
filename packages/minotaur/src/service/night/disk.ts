/** How full the disk of the journal is, in words that change seldom. */

/** `low`: somebody should make room; `full`: the service is not to be relied on, because its record may end at any moment. */
export type DiskLevel = 'enough' | 'low' | 'full';

/** Shares of the disk that are free. */
const LOW = 0.1;
const FULL = 0.02;
/** So much more has to be free until it counts as enough again, or a disk at the edge would be told of every second. */
const MARGIN = 0.01;

/** To be told the free share now and then; gives the level where it has changed. */
export function createDiskWatch(): (free: number) => DiskLevel | undefined {
  let level: DiskLevel = 'enough';
  return (free) => {
    const [full, low] = [FULL + (level === 'full' ? MARGIN : 0), LOW + (level === 'enough' ? 0 : MARGIN)];
    const now = free < full ? 'full' : free < low ? 'low' : 'enough';
    if (now === level) return undefined;
    return (level = now);
  };
}
