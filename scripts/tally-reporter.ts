/** Says what a test run came to, for whoever adds it to others': a line of JSON. */
import type { TestEvent } from 'node:test/reporters';
import { tallyOf } from './tally.ts';

export default async function* tallyReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  yield JSON.stringify(await tallyOf(source));
}
