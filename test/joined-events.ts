/** Messages of a log that are taken as one, as a feed reads them ahead. */
import { decodeEvents } from '../packages/minotaur/src/bus/codec/events.ts';
import type { ArrivedRecord, LogRecord } from '../packages/minotaur/src/bus/recovery/contract.ts';

/** The message at `place`, with those behind it that go on with it. */
export function joinedFrom(events: readonly LogRecord[], place: number): ArrivedRecord {
  const { offset, key, value } = events[place];
  const { events: all, ...batch } = decodeEvents(value, 'joined');
  const list = [...all];
  let next = offset + 1;
  for (const behind of events.slice(place + 1)) {
    const { chain, epoch, first, events: more } = decodeEvents(behind.value, 'joined');
    if (chain !== batch.chain || epoch !== batch.epoch || first !== batch.first + list.length) break;
    list.push(...more);
    next = behind.offset + 1;
  }
  return { offset, key, value: { kind: 'events', ...batch, events: list, count: list.length, next } };
}
