/** Ends a test run with the time of each room's tests, the slowest files and the line that CI reads: `N passed, N failed, N skipped`. */
import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { roomOf } from './room-of.ts';

/** Files that are named. */
const SLOWEST = 12;

export default async function* countReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  const files: { file: string; millis: number }[] = [];
  const rooms = new Map<string, { count: number; millis: number }>();
  for await (const { type, data } of source) {
    if (type === 'test:summary' && data.file !== undefined) {
      const room = roomOf(data.file);
      const { count, millis } = rooms.get(room) ?? { count: 0, millis: 0 };
      rooms.set(room, { count: count + 1, millis: millis + data.duration_ms });
      files.push({ file: data.file, millis: data.duration_ms });
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') continue;
    if (data.skip !== undefined) skipped++;
    else if (type === 'test:pass') passed++;
    else failed++;
  }
  yield 'seconds of tests by room (files run side by side):\n';
  for (const [room, { count, millis }] of [...rooms].sort(([, a], [, b]) => b.millis - a.millis))
    yield `${(millis / 1000).toFixed(1).padStart(8)}  ${room} (${count})\n`;
  yield 'the slowest files:\n';
  for (const { file, millis } of files.sort((a, b) => b.millis - a.millis).slice(0, SLOWEST))
    yield `${(millis / 1000).toFixed(1).padStart(8)}  ${relative(process.cwd(), file)}\n`;
  yield `${passed} passed, ${failed} failed, ${skipped} skipped\n`;
}
