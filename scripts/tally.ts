/** What a test run came to: its counts, and how long each file took. */
import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { roomOf } from './room-of.ts';

/** Files that are named. */
const SLOWEST = 12;
/** Of what a failure says. */
const LINES_OF_FAILURE = 12;

type TestFail = Extract<TestEvent, { type: 'test:fail' }>['data'];

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Milliseconds by file. */
  readonly files: Record<string, number>;
  /** What failed: file and line, name, what was said. */
  readonly failures: string[];
}

export const emptyTally = (): Tally => ({ passed: 0, failed: 0, skipped: 0, files: {}, failures: [] });

export async function tallyOf(source: AsyncIterable<TestEvent>): Promise<Tally> {
  const tally = emptyTally();
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.nesting === 0 && data.file !== undefined)
      tally.files[data.file] = (tally.files[data.file] ?? 0) + data.details.duration_ms;
    if (data.details.type === 'suite') continue;
    if (data.skip !== undefined) tally.skipped++;
    else if (type === 'test:pass') tally.passed++;
    else {
      tally.failed++;
      tally.failures.push(describeFailure(data));
    }
  }
  return tally;
}

/** The first lines of what was said, beneath the place and the name. */
function describeFailure({ file = '', line = 0, name, details }: TestFail): string {
  // The error of a test has what was thrown as its cause.
  const said = details.error.cause instanceof Error ? details.error.cause : details.error;
  const lines = (said.stack ?? said.message).split('\n').slice(0, LINES_OF_FAILURE);
  return [`${relative(process.cwd(), file)}:${line} ${name}`, ...lines.map((text) => `  ${text}`)].join('\n');
}

export function addTally(to: Tally, { passed, failed, skipped, files, failures }: Tally): void {
  to.passed += passed;
  to.failed += failed;
  to.skipped += skipped;
  Object.assign(to.files, files);
  to.failures.push(...failures);
}

/** The time of each room's tests, the slowest files, what failed and the line that CI reads: `N passed, N failed, N skipped`. */
export function describeTally({ passed, failed, skipped, files, failures }: Tally): string {
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
    ...failures.map((failure) => `failed: ${failure}`),
    `${passed} passed, ${failed} failed, ${skipped} skipped\n`,
  ].join('\n');
}
