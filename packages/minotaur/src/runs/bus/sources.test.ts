import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createTradeBlock } from 'minotaur-core/internal/trades/trade';
import type { Recorder } from 'minotaur-core/internal/live/record';
import { sessionOf, write } from '../../../../../test/journal-calls.ts';
import type { BusEvent } from '../../bus/codec/events.ts';
import { createJournal } from '../../journal/writer.ts';
import { journalSource } from './sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-bus-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A journal of sessions, each of an epoch and what it records. */
function journalOf(name: string, sessions: readonly (readonly [number, (recorder: Recorder) => void])[]): string {
  const directory = join(folder, name);
  for (const [epoch, records] of sessions) {
    const recorder = createJournal(directory);
    write(recorder, sessionOf([{ write: records, reads: () => [] }], undefined, epoch));
    recorder.flush();
  }
  return directory;
}

function push(recorder: Recorder, ...times: readonly number[]): void {
  const block = createTradeBlock(times.length);
  block.length = times.length;
  block.time.set(times);
  block.price.fill(1);
  block.quantity.fill(1);
  recorder.trades(block);
}

const refusal = (row: number) => ({ what: 'trade', row, where: 'test', message: 'none' });

async function eventsOf(directory: string): Promise<BusEvent[]> {
  const events: BusEvent[] = [];
  for await (const event of journalSource(directory, 'chain').events()) events.push(event);
  return events;
}

test('of a journal goes into the bus what its session used: trades before the one that was refused, no event that was', async () => {
  const directory = journalOf('refused', [
    [
      3,
      (recorder) => {
        push(recorder, 1, 2, 3);
        recorder.refused(refusal(1));
        push(recorder, 4);
        recorder.refused(refusal(0));
        recorder.advance(5);
        recorder.advance(6);
        recorder.refused(refusal(0));
        push(recorder, 7, 8);
      },
    ],
  ]);
  const said = (await eventsOf(directory)).map((event) => {
    if (event.kind === 'trades') return Array.from(event.block.time.subarray(0, event.block.length));
    return event.kind === 'advance' ? event.time : event.kind;
  });
  assert.deepEqual(said, [[1], 5, [7, 8]]);
});

test('a journal of several sessions is refused by name, before anything of it is written', async () => {
  for (const epoch of [1, 4]) {
    const directory = journalOf(`several-${epoch}`, [
      [epoch - 1, (recorder) => push(recorder, 1, 2)],
      [epoch, (recorder) => push(recorder, 2, 3)],
    ]);
    const events = journalSource(directory, 'chain').events() as Iterable<BusEvent>;
    assert.throws(
      () => events[Symbol.iterator]().next(),
      new RegExp(`several-${epoch}: expected a journal of one session, found another that starts at .*epoch ${epoch}`),
    );
  }
});
