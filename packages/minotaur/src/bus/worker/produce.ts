/** Writes the events of chains into a log, from where the log has come to. */
import { setTimeout } from 'node:timers/promises';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import { fail } from 'minotaur-core/internal/base/errors';
import { open } from '../codec/envelope.ts';
import { countOf, decodeEvents, encodeEvents, type BusEvent } from '../codec/events.ts';
import type { Log } from '../log/contract.ts';
import { partitionOf } from '../log/topics.ts';
import { readPlace } from './restoring.ts';

/** Messages that are looked at first, from the end; eight times as many each time. */
const LOOK_BACK = 512;

/** Events of one chain, in order. */
export interface EventSource {
  readonly chain: string;
  /** Names of its instruments, in the order of its configuration. */
  readonly instruments: readonly string[];
  events(): AsyncIterable<BusEvent> | Iterable<BusEvent>;
}

/** Whose events they are. */
type Owned = Pick<EventSource, 'chain' | 'instruments'>;

/** Where a chain has come to in a log. */
interface Written {
  readonly epoch: number;
  /** Events of the epoch; 0 where there is none. */
  readonly events: number;
}

/** The same, and the message that its last event is in; the state that the epoch begins in where it has none. */
export interface Found extends Written {
  readonly value: Uint8Array;
  /** Of that message, for errors. */
  readonly where: string;
}

/**
 * Where chains of one partition have come to: read from its end backwards, once for all of them. Those of which the log has nothing
 * are absent.
 */
export async function writtenOf(
  log: Log,
  chains: readonly string[],
  partition: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Found>> {
  const { first, end } = await log.range('events', partition, signal);
  for (let back = LOOK_BACK; ; back *= 8) {
    const from = Math.max(first, end - back);
    const found = new Map<string, Found>();
    if (from < end)
      for await (const { records, next } of log.read('events', partition, from, signal)) {
        for (const { key, value, offset } of records) {
          if (!chains.includes(key) || offset >= end) continue;
          const where = `events-${partition} at ${offset}`;
          const { kind, epoch, first: at, count } = open(value, where);
          const events = kind === 'events' ? at + count : 0;
          const known = found.get(key);
          const isFurther =
            known === undefined || epoch > known.epoch || (epoch === known.epoch && events > known.events);
          if (isFurther) found.set(key, { epoch, events, value, where });
        }
        if (next >= end) break;
      }
    signal.throwIfAborted();
    if (found.size === chains.length || from === first) return found;
  }
}

export interface ProduceSettings {
  /** Events of one message, at most. */
  readonly batch: number;
  /** Events a second; as fast as the log takes them where absent. */
  readonly rate?: number | undefined;
  /** Another history of the chain, from its first event on. */
  readonly newEpoch?: boolean | undefined;
  /** Whether the snapshots of the log are of these chains: they tell what was cut off from what never was. */
  readonly hasSnapshots: boolean;
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

/**
 * Writes what of `sources` the log has not got, side by side. One producer a chain: two would take turns and each believe itself alone.
 * @throws {MinotaurError} of kind `state` where what the log has of a chain is not what its source begins with, `input` where it was cut off
 */
export async function produce(
  log: Log,
  sources: readonly EventSource[],
  settings: ProduceSettings,
): Promise<readonly Produced[]> {
  const count = await log.partitions('events');
  const placed = sources.map((source) => ({ source, partition: partitionOf(source.chain, count) }));
  const known = new Map<string, Found>();
  for (const partition of new Set(placed.map((one) => one.partition))) {
    const chains = placed.filter((one) => one.partition === partition).map(({ source }) => source.chain);
    for (const [chain, found] of await writtenOf(log, chains, partition, settings.signal)) known.set(chain, found);
    if (settings.hasSnapshots)
      await requireNew(
        log,
        chains.filter((chain) => !known.has(chain)),
        partition,
        settings.signal,
      );
  }
  return Promise.all(
    placed.map(({ source, partition }) => produceOne(log, source, partition, known.get(source.chain), settings)),
  );
}

/** A chain of which a log that was cut has nothing is new, where there is no snapshot of it. */
async function requireNew(log: Log, chains: readonly string[], partition: number, signal: AbortSignal): Promise<void> {
  const { first } = await log.range('events', partition, signal);
  if (first === 0 || chains.length === 0) return;
  const place = await readPlace(log, partition, signal);
  for (const chain of chains) {
    const snapshot = place.chains.get(chain);
    if (snapshot === undefined) continue;
    const expected = `event ${snapshot.events} of epoch ${snapshot.epoch} in events-${partition}, to hold the source against`;
    const instead = 'it can only be written anew, into another bus';
    fail('input', chain, expected, `that all before offset ${first} was cut off: ${instead}`);
  }
}

async function produceOne(
  log: Log,
  source: EventSource,
  partition: number,
  known: Found | undefined,
  settings: ProduceSettings,
): Promise<Produced> {
  const { chain, instruments } = source;
  const { batch, rate, newEpoch, signal, onWritten } = settings;
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
  for await (const event of behind(source, newEpoch ? undefined : known)) {
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

/** The events of a source behind those that the log has. @throws {MinotaurError} where the last of them is another in the source */
async function* behind(source: EventSource, known: Found | undefined): AsyncGenerator<BusEvent> {
  let skip = known?.events ?? 0;
  for await (const event of source.events()) {
    const count = countOf(event);
    if (known !== undefined && skip > 0 && skip <= count) requireSame(source, part(event, skip - 1, skip), known);
    if (skip < count) yield skip === 0 ? event : part(event, skip, count);
    skip = Math.max(0, skip - count);
  }
  if (known !== undefined && skip > 0) otherSource(source, known, `${known.events - skip} events`);
}

/** Holds the last event that the log has against the same of the source, bit for bit. */
export function requireSame(source: Owned, event: BusEvent, known: Found): void {
  const { chain, instruments } = source;
  const written = decodeEvents(known.value, known.where);
  const last = written.events[written.events.length - 1];
  const bits = (names: readonly string[], one: BusEvent): Uint8Array =>
    encodeEvents({ chain, epoch: 0, first: 0, instruments: names, events: [one] });
  const own = bits(instruments, event);
  const has = bits(written.instruments, part(last, countOf(last) - 1, countOf(last)));
  if (Buffer.compare(own, has) !== 0) otherSource(source, known, 'another');
}

export function otherSource({ chain }: Owned, { events, epoch, where }: Found, found: string): never {
  const expected = `a source whose event ${events} is the last that the log has of epoch ${epoch} (${where}), or a new epoch`;
  return fail('state', chain, expected, found);
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
