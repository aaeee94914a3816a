/** Messages of events: what a session received of one chain, in order, as a journal has it too. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import type { Origin, Received, SingleEvent } from 'minotaur-core/internal/live/record';
import { sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { createByteWriter, type ByteReader, type ByteWriter } from './bytes.ts';
import { guarded, open, requireKind, seal, type Opened } from './envelope.ts';
import { columnRoom } from './room.ts';
import { createTradeMemory, readTrades, reserveTrades, writeTrades, type TradeMemory } from './trades.ts';

/** What an event is; the numbers are those of a journal's records. */
const KIND = { trades: 5, bar: 6, advance: 7, hole: 8, release: 10, series: 11 } as const;
/** Events of one message: what memory is made for before they are looked at. */
export const MOST_EVENTS = 1 << 20;
/** The middle way: 2.3 to 4.2 bytes a trade in messages of a thousand. */
const LEVEL = 3;

/** Trades of one instrument that came one after the other. */
export interface TradesEvent extends Omit<Received, 'arrival'> {
  readonly kind: 'trades';
  readonly block: TradeBlock;
  /** When each was received, microseconds; absent where nobody said. */
  readonly arrival: Float64Array | undefined;
}

/** The same as they lie in the memory that they were read into. */
export interface PlacedTrades extends Omit<TradesEvent, 'block' | 'arrival'> {
  /** Row of the first. */
  readonly at: number;
  length: number;
  /** Whether it is known when each was received. */
  readonly hasArrival: boolean;
}

/** What goes into a chain; each trade counts as one event. */
export type BusEvent = TradesEvent | SingleEvent;

/** Events of one chain. */
export interface EventBatch {
  readonly chain: string;
  /** Which history of the chain. */
  readonly epoch: number;
  /** Events of the epoch before the first of these. */
  readonly first: number;
  /** Names of the chain's instruments; events say them by their place. */
  readonly instruments: readonly string[];
  readonly events: readonly BusEvent[];
}

/** How many events one counts as. */
export const countOf = (event: BusEvent): number => (event.kind === 'trades' ? event.block.length : 1);

export function encodeEvents(batch: EventBatch): Uint8Array<ArrayBuffer> {
  const { chain, epoch, first, instruments, events } = batch;
  const writer = createByteWriter(4096);
  const origins: Origin[] = [];
  for (const { origin } of events) if (originIndex(origins, origin) < 0) origins.push(origin);
  writer.u16(instruments.length);
  for (const name of instruments) writer.text(name);
  writer.u16(origins.length);
  for (const { text, maxSilence } of origins) {
    writer.f64(maxSilence);
    writer.text(text);
  }
  for (const event of events) {
    writer.u8(KIND[event.kind]);
    writer.u16(event.instrument);
    writer.u16(originIndex(origins, event.origin));
    if (event.kind === 'trades') {
      writer.u32(event.block.length);
      writeTrades(writer, event.block, event.arrival);
    } else writeSingle(writer, event);
  }
  const count = events.reduce((sum, event) => sum + countOf(event), 0);
  if (count > MOST_EVENTS) fail('internal', chain, `at most ${MOST_EVENTS} events in a message`, String(count));
  const head = { kind: 'events', schemaId: '', chain, epoch, first, count } as const;
  return seal({ head, body: writer.done(), level: LEVEL });
}

function originIndex(origins: readonly Origin[], { text, maxSilence }: Origin): number {
  return origins.findIndex((known) => known.text === text && Object.is(known.maxSilence, maxSilence));
}

function writeSingle(writer: ByteWriter, event: SingleEvent): void {
  writer.f64(event.arrival);
  switch (event.kind) {
    case 'advance':
    case 'release':
      return writer.f64(event.time);
    case 'hole':
      writer.f64(event.hole.from);
      writer.f64(event.hole.to);
      return writer.f64(event.hole.missing ?? NaN);
    case 'series': {
      const { name, time, available_at: available, values } = event.value;
      writer.text(name);
      return writeNumbers(writer, [time, available, ...values]);
    }
    case 'bar': {
      const entries = Object.entries(event.bar).filter((entry): entry is [string, number] => entry[1] !== undefined);
      writer.text([event.clock, ...entries.map(([name]) => name)].join('\n'));
      writeNumbers(
        writer,
        entries.map(([, value]) => value),
      );
    }
  }
}

function writeNumbers(writer: ByteWriter, values: readonly number[]): void {
  writer.u16(values.length);
  for (const value of values) writer.f64(value);
}

const readNumbers = (reader: ByteReader): Float64Array => reader.doubles(reader.u16());

/** Reads messages of events; the trades of one are valid until the next is read. */
type EventReader = (message: Uint8Array | Opened, where: string) => EventBatch;

/** A reader with memory of its own, which grows to the largest message. */
export function createEventReader(): EventReader {
  const memory = createTradeMemory();
  return (message, where) =>
    guarded(where, () => {
      const opened = message instanceof Uint8Array ? open(message, where) : message;
      requireKind(opened, 'events', where);
      requireFew(opened.count);
      reserveTrades(memory, opened.count);
      const { events, ...batch } = readBatch(opened, memory);
      return { ...batch, events: events.map((event) => (event.kind === 'trades' ? tradesIn(memory, event) : event)) };
    });
}

function tradesIn({ block, arrival }: TradeMemory, { kind, instrument, origin, at, length, hasArrival }: PlacedTrades) {
  const own = hasArrival ? arrival.subarray(at, at + length) : undefined;
  return { kind, instrument, origin, block: sliceTrades(block, at, at + length), arrival: own };
}

/** Events whose trades are elsewhere. */
export interface PlacedBatch extends Omit<EventBatch, 'events'> {
  readonly events: (SingleEvent | PlacedTrades)[];
}

/**
 * What an opened message of at most {@link MOST_EVENTS} events holds, its trades put into `memory`, which has room for as many, from
 * where that is used on; `where` names it in errors.
 * @throws {MinotaurError} of kind `input` for what is no such message
 */
export function placeEvents(opened: Opened, memory: TradeMemory, where: string): PlacedBatch {
  return guarded(where, () => readBatch(opened, memory));
}

function requireFew(count: number): void {
  if (count > MOST_EVENTS) throw new RangeError(`${count} events`);
}

/**
 * What a message of events holds; `where` names it in errors.
 * @throws {MinotaurError} of kind `input` for what is no such message
 */
export const decodeEvents: EventReader = (message, where) => createEventReader()(message, where);

function readBatch(opened: Opened, memory: TradeMemory): PlacedBatch {
  const { chain, epoch, first, count } = opened;
  const reader = opened.body(columnRoom()?.desk);
  const instruments = Array.from({ length: reader.u16() }, () => reader.text());
  const origins = Array.from({ length: reader.u16() }, (): Origin => {
    const maxSilence = reader.f64();
    return { text: reader.text(), maxSilence };
  });
  const events: (SingleEvent | PlacedTrades)[] = [];
  const named = { instruments: instruments.length, origins, memory };
  let left = count;
  while (reader.left > 0) {
    const event = readEvent(reader, named, left);
    left -= event.kind === 'trades' ? event.length : 1;
    if (left < 0) break;
    events.push(event);
  }
  if (left !== 0) throw new RangeError(`other than the ${count} events of its head`);
  return { chain, epoch, first, instruments, events };
}

interface Named {
  /** How many instruments have names. */
  readonly instruments: number;
  readonly origins: readonly Origin[];
  readonly memory: TradeMemory;
}

/** `left`: events that the head counts and that have not been read. */
function readEvent(
  reader: ByteReader,
  { instruments, origins, memory }: Named,
  left: number,
): SingleEvent | PlacedTrades {
  const kind = reader.u8();
  const instrument = reader.u16();
  const origin = origins[reader.u16()];
  if (instrument >= instruments || origin === undefined) throw new RangeError('an instrument or origin without a name');
  if (kind === KIND.trades) {
    const length = reader.u32();
    if (length > left) throw new RangeError('more trades than its head counts');
    const at = memory.used;
    return { kind: 'trades', instrument, origin, at, length, hasArrival: readTrades(reader, length, memory) };
  }
  return readSingle(reader, kind, { instrument, origin, arrival: reader.f64() });
}

function readSingle(reader: ByteReader, kind: number, received: Received): SingleEvent {
  switch (kind) {
    case KIND.advance:
      return { kind: 'advance', ...received, time: reader.f64() };
    case KIND.release:
      return { kind: 'release', ...received, time: reader.f64() };
    case KIND.hole: {
      const [from, to, missing] = reader.doubles(3);
      return {
        kind: 'hole',
        ...received,
        hole: { from, to, ...(missing === missing ? { missing } : {}) },
        rows: [0, 0],
      };
    }
    case KIND.series: {
      const name = reader.text();
      const [time, available, ...values] = readNumbers(reader);
      return {
        kind: 'series',
        ...received,
        value: { name, time, available_at: available, values: Float64Array.from(values) },
      };
    }
    case KIND.bar: {
      const [clock, ...names] = reader.text().split('\n');
      const values = readNumbers(reader);
      if (values.length !== names.length) throw new RangeError('a bar of other columns than it names');
      const bar = Object.fromEntries(names.map((name, i) => [name, values[i]])) as unknown as GivenBar;
      return { kind: 'bar', ...received, bar, clock };
    }
    default:
      throw new RangeError(`an event of kind ${kind}`);
  }
}
