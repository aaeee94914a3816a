/** Ends a test run with what it came to, in words. */
import type { TestEvent } from 'node:test/reporters';
import { describeTally, tallyOf } from './tally.ts';

export default async function* countReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  yield describeTally(await tallyOf(source));
}
