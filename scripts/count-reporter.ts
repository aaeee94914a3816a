/** Ends a test run with the time of each room's tests and the line that CI reads: `N passed, N failed, N skipped`. */
import type { TestEvent } from 'node:test/reporters';
import { roomOf } from './room-of.ts';

export default async function* countReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  const rooms = new Map<string, { files: number; millis: number }>();
  for await (const { type, data } of source) {
    if (type === 'test:summary' && data.file !== undefined) {
      const room = roomOf(data.file);
      const { files, millis } = rooms.get(room) ?? { files: 0, millis: 0 };
      rooms.set(room, { files: files + 1, millis: millis + data.duration_ms });
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') continue;
    if (data.skip !== undefined) skipped++;
    else if (type === 'test:pass') passed++;
    else failed++;
  }
  yield 'seconds of tests by room (files run side by side):\n';
  for (const [room, { files, millis }] of [...rooms].sort(([, a], [, b]) => b.millis - a.millis))
    yield `${(millis / 1000).toFixed(1).padStart(8)}  ${room} (${files})\n`;
  yield `${passed} passed, ${failed} failed, ${skipped} skipped\n`;
}
