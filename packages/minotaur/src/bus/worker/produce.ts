/** Writes the events of a chain into a log, from where the log has come to. */
import { setTimeout } from 'node:timers/promises';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import { open } from '../codec/envelope.ts';
import { countOf, encodeEvents, type BusEvent } from '../codec/events.ts';
import type { Log } from '../log/contract.ts';
import { partitionOf } from '../log/topics.ts';

/** Messages that are looked at first, from the end; eight times as many each time. */
const LOOK_BACK = 512;

/** Events of one chain, in order. */
export interface EventSource {
  readonly chain: string;
  /** Names of its instruments, in the order of its configuration. */
  readonly instruments: readonly string[];
  events(): AsyncIterable<BusEvent> | Iterable<BusEvent>;
}

/** Where a chain has come to in a log. */
interface Written {
  readonly epoch: number;
  /** Events of the epoch; 0 where there is none. */
  readonly events: number;
}

/** Where a chain has come to: read from the end of its partition backwards. Undefined where the log has nothing of it. */
async function writtenOf(log: Log, chain: string, partition: number): Promise<Written | undefined> {
  const { first, end } = await log.range('events', partition);
  const stop = new AbortController();
  for (let back = LOOK_BACK; ; back *= 8) {
    const from = Math.max(first, end - back);
    let found: Written | undefined;
    if (from < end)
      for await (const { records, next } of log.read('events', partition, from, stop.signal)) {
        for (const { key, value, offset } of records) {
          if (key !== chain || offset >= end) continue;
          const { epoch, first: at, count } = open(value, `events-${partition} at ${offset}`);
          const events = epoch === found?.epoch ? Math.max(found.events, at + count) : at + count;
          if (found === undefined || epoch >= found.epoch) found = { epoch, events };
        }
        if (next >= end) break;
      }
    if (found !== undefined || from === first) return found;
  }
}

export interface ProduceSettings {
  /** Events of one message, at most. */
  readonly batch: number;
  /** Events a second; as fast as the log takes them where absent. */
  readonly rate?: number | undefined;
  /** Another history of the chain, from its first event on. */
  readonly newEpoch?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly onWritten?: ((events: number, bytes: number) => void) | undefined;
}

/** What was written of a chain. */
export interface Produced extends Written {
  readonly chain: string;
  readonly partition: number;
  /** Events that the log had already. */
  readonly before: number;
  readonly bytes: number;
}

/** Writes what of `source` the log has not got. One producer a chain: two would take turns and each believe itself alone. */
export async function produce(log: Log, source: EventSource, settings: ProduceSettings): Promise<Produced> {
  const { chain, instruments } = source;
  const { batch, rate, newEpoch, signal, onWritten } = settings;
  const partition = partitionOf(chain, await log.partitions('events'));
  const known = await writtenOf(log, chain, partition);
  const epoch = known === undefined ? 0 : known.epoch + (newEpoch ? 1 : 0);
  const before = known === undefined || newEpoch ? 0 : known.events;
  let first = before;
  let bytes = 0;
  const started = performance.now();
  const send = async (events: readonly BusEvent[], count: number): Promise<void> => {
    if (rate !== undefined) {
      const due = started + (1000 * (first - before)) / rate - performance.now();
      if (due > 0) await setTimeout(due, undefined, { signal }).catch(() => {});
    }
    signal.throwIfAborted();
    const value = encodeEvents({ chain, epoch, first, instruments, events });
    await log.write(partition, [{ topic: 'events', key: chain, value }], signal);
    first += count;
    bytes += value.length;
    onWritten?.(count, value.length);
  };
  let held: BusEvent[] = [];
  let count = 0;
  for await (const event of behind(source.events(), before)) {
    for (const piece of piecesOf(event, batch - count, batch)) {
      held.push(piece);
      count += countOf(piece);
      if (count < batch) continue;
      await send(held, count);
      held = [];
      count = 0;
    }
  }
  if (count > 0) await send(held, count);
  return { chain, partition, epoch, events: first, before, bytes };
}

/** The events behind the first `skip`. */
async function* behind(events: ReturnType<EventSource['events']>, skip: number): AsyncGenerator<BusEvent> {
  for await (const event of events) {
    const count = countOf(event);
    if (skip >= count) skip -= count;
    else {
      yield skip === 0 ? event : part(event, skip, count);
      skip = 0;
    }
  }
}

function part(event: BusEvent, from: number, to: number): BusEvent {
  if (event.kind !== 'trades') return event;
  return { ...event, block: sliceTrades(event.block, from, to), arrival: event.arrival?.subarray(from, to) };
}

/** An event in pieces: of `first` events, then of `most`. */
function* piecesOf(event: BusEvent, first: number, most: number): Generator<BusEvent> {
  const count = countOf(event);
  for (let from = 0, to = Math.min(first, count); from < count; from = to, to = Math.min(to + most, count))
    yield part(event, from, to);
}
