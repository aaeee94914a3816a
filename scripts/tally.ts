/** What a test run came to: its counts, and how long each file took. */
import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { roomOf } from './room-of.ts';

/** Files that are named. */
const SLOWEST = 12;

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Milliseconds by file. */
  readonly files: Record<string, number>;
}

export const emptyTally = (): Tally => ({ passed: 0, failed: 0, skipped: 0, files: {} });

export async function tallyOf(source: AsyncIterable<TestEvent>): Promise<Tally> {
  const tally = emptyTally();
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.nesting === 0 && data.file !== undefined)
      tally.files[data.file] = (tally.files[data.file] ?? 0) + data.details.duration_ms;
    if (data.details.type === 'suite') continue;
    if (data.skip !== undefined) tally.skipped++;
    else if (type === 'test:pass') tally.passed++;
    else tally.failed++;
  }
  return tally;
}

export function addTally(to: Tally, { passed, failed, skipped, files }: Tally): void {
  to.passed += passed;
  to.failed += failed;
  to.skipped += skipped;
  Object.assign(to.files, files);
}

/** The time of each room's tests, the slowest files and the line that CI reads: `N passed, N failed, N skipped`. */
export function describeTally({ passed, failed, skipped, files }: Tally): string {
  const rooms = new Map<string, { count: number; millis: number }>();
  for (const [file, millis] of Object.entries(files)) {
    const room = roomOf(file);
    const known = rooms.get(room) ?? { count: 0, millis: 0 };
    rooms.set(room, { count: known.count + 1, millis: known.millis + millis });
  }
  const seconds = (millis: number): string => (millis / 1000).toFixed(1).padStart(8);
  const slowest = Object.entries(files).sort(([, a], [, b]) => b - a);
  return [
    'seconds of tests by room (files run side by side):',
    ...[...rooms]
      .sort(([, a], [, b]) => b.millis - a.millis)
      .map(([room, { count, millis }]) => `${seconds(millis)}  ${room} (${count})`),
    'the slowest files:',
    ...slowest.slice(0, SLOWEST).map(([file, millis]) => `${seconds(millis)}  ${relative(process.cwd(), file)}`),
    `${passed} passed, ${failed} failed, ${skipped} skipped\n`,
  ].join('\n');
}
