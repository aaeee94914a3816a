/**
 * Writes what a journal has into a bus, as it grows. The journal is the source: what is written is on the disk, and where the bus has
 * come to is what the bus says, so that whoever goes on after a kill writes nothing twice that readers would take twice, and leaves
 * nothing out.
 */
import { setTimeout } from 'node:timers/promises';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { createSchema } from 'minotaur-core/internal/base/schema';
import type { RecordedEvent, RecordedState } from 'minotaur-core/internal/live/record';
import type { JournalHeader } from '../../journal/format.ts';
import { encodeEvents } from '../codec/events.ts';
import { digestAfter } from '../codec/rows.ts';
import { encodeSnapshot } from '../codec/snapshots.ts';
import type { Log } from '../log/contract.ts';
import { partitionOf } from '../log/topics.ts';
import { otherSource, requireSame, writtenOf, type Found, type Produced } from '../worker/produce.ts';
import { createJournalEvents, type EpochBegin } from './journal-events.ts';
import { tailJournal, type TailPlace } from './journal-tail.ts';
import { busEventsOf } from './messages.ts';
import { readPlaceFile, writePlaceFile, type FollowedPlace } from './place-file.ts';

/** Milliseconds between two looks at a log that did not answer, or did not fit. */
const AGAIN_MS = 1000;
/** Milliseconds between two notes of the place, which says how much is read again. */
const PLACE_MS = 5000;

export interface FollowOptions {
  readonly log: Log;
  /** Directory. */
  readonly journal: string;
  /** Which bus, for the note of the place. */
  readonly bus: string;
  /** Name of the chain; that of its instrument where absent. */
  readonly chain?: string | undefined;
  /** Waits for more at the end of the journal, until `signal`, and notes its place. Otherwise the end is the end. */
  readonly follows: boolean;
  /** Events of a message, at most. */
  readonly batch: number;
  /** What is in the journal then is still to be written. */
  readonly signal: AbortSignal;
  /** Nothing is written from then on. */
  readonly end: AbortSignal;
  readonly onStatus?: ((status: FollowStatus) => void) | undefined;
}

/** How far a bus is behind a journal. */
export interface FollowStatus {
  readonly epoch: number;
  /** Of the epoch, in the bus. */
  readonly events: number;
  /** Written since it began. */
  readonly written: number;
  /** The journal before this place is in the bus. */
  readonly at: TailPlace;
}

/** @throws {MinotaurError} of kind `state` where the bus has what the journal has not; of `input` where one cannot be read or written */
export async function followJournal(options: FollowOptions): Promise<Produced> {
  const { log, journal, bus, follows, signal, end } = options;
  const whose = await ownerOf(options);
  const partition = partitionOf(whose.chain, await log.partitions('events', end));
  const known = (await writtenOf(log, [whose.chain], partition, end)).get(whose.chain);
  const noted = follows ? readPlaceFile(journal, bus, whose.chain) : undefined;
  const from = isBefore(noted, known) ? noted : undefined;
  const desk = createDesk(options, { ...whose, partition, known, from });
  const events = createJournalEvents(
    { onEpoch: (begin) => desk.epoch(begin), onEvent: (event, place) => desk.event(event, place) },
    from !== undefined,
  );
  for await (const { records, at } of tailJournal(journal, { from, follows, signal })) {
    end.throwIfAborted();
    for (const one of records) {
      events.take(one);
      if (desk.isFull) await desk.write(false);
    }
    await desk.write(true);
    desk.tell(at);
    if (records.length === 0) desk.requireAll(events.waiting);
  }
  return desk.report();
}

/** A place from which on all that the bus lacks is found. */
function isBefore(noted: FollowedPlace | undefined, known: Found | undefined): boolean {
  if (noted === undefined || known === undefined) return false;
  return noted.epoch < known.epoch || (noted.epoch === known.epoch && noted.events <= known.events);
}

interface Owner {
  readonly chain: string;
  readonly instruments: readonly string[];
  readonly schemaId: string;
}

/** As the first record of the journal has it. */
async function ownerOf({ journal, chain, follows, signal }: FollowOptions): Promise<Owner> {
  for await (const { records } of tailJournal(journal, { follows, signal }))
    for (const { header } of records) return ownerIn(header, journal, chain);
  return fail('input', journal, 'a journal with a session', 'none');
}

function ownerIn({ instruments, schema }: JournalHeader, journal: string, chain: string | undefined): Owner {
  const names = instruments.map((one) => one.name);
  if (chain === undefined && names.length > 1)
    fail('config', '--chain', `a name for the chain of ${names.join(', ')} (${journal})`, 'none');
  const named = chain ?? names[0];
  return { chain: named, instruments: names.length === 1 ? [named] : names, schemaId: createSchema(schema).id };
}

interface DeskOptions extends Owner {
  readonly partition: number;
  readonly known: Found | undefined;
  readonly from: FollowedPlace | undefined;
}

/** What has to be written next. */
type Held =
  | { readonly kind: 'seed'; readonly epoch: number; readonly value: Uint8Array }
  | { readonly kind: 'events'; readonly epoch: number; readonly first: number; readonly events: RecordedEvent[] };

/** Counts events, leaves out what the bus has, and writes the rest, one write at a time. */
function createDesk(options: FollowOptions, { partition, known, from, ...whose }: DeskOptions) {
  const { log, journal, bus, follows, batch, end, onStatus } = options;
  const { chain, instruments, schemaId } = whose;
  let [epoch, events] = [from?.epoch ?? -1, from?.events ?? 0];
  let held: Held[] = [];
  let count = 0;
  let [written, bytes] = [0, 0];
  let place: FollowedPlace | undefined;
  let notedAt = performance.now();

  const note = (): void => {
    if (follows && place !== undefined) writePlaceFile(journal, place);
    notedAt = performance.now();
  };
  const send = async (value: Uint8Array): Promise<void> => {
    end.throwIfAborted();
    await log.write(partition, [{ topic: 'events', key: chain, value }], end);
    bytes += value.length;
  };
  /** Whether the bus has what is to be written of this epoch so far. */
  const has = (of: number, upTo: number): boolean =>
    known !== undefined && (of < known.epoch || (of === known.epoch && upTo <= known.events));
  return {
    get isFull() {
      return count >= batch;
    },
    epoch({ epoch: begun, rows, state, isLater }: EpochBegin): void {
      if (isLater && known?.epoch === begun) cutOff(whose, journal, known);
      [epoch, events] = [begun, 0];
      if (state === undefined || has(begun, 0)) return;
      held.push({ kind: 'seed', epoch, value: seedOf(state, { schemaId, chain, epoch, first: rows }) });
    },
    event(event: RecordedEvent, { segment, byte }: TailPlace): void {
      const first = events++;
      if (known?.epoch === epoch && known.events === events) requireSame(whose, busEventsOf([event])[0], known);
      place = { bus, chain, epoch, events: first, segment, byte };
      if (has(epoch, events)) return;
      count++;
      const last = held.at(-1);
      if (last?.kind === 'events' && last.events.length < batch) last.events.push(event);
      else held.push({ kind: 'events', epoch, first, events: [event] });
    },
    /** Writes what is held: all of it, or full messages alone. */
    async write(all: boolean): Promise<void> {
      const most = all ? 0 : 1;
      while (held.length > most) {
        const [next] = held;
        if (next.kind === 'seed') await send(next.value);
        else {
          const { first, events: some } = next;
          await send(encodeEvents({ chain, epoch: next.epoch, first, instruments, events: busEventsOf(some) }));
          written += some.length;
          count -= some.length;
        }
        held = held.slice(1);
      }
      if (held.length === 0 && performance.now() - notedAt > PLACE_MS) note();
    },
    tell: (at: TailPlace): void => onStatus?.({ epoch, events, written, at }),
    /** All that the journal has has been looked at, but for some that wait. */
    requireAll(waiting: number): void {
      if (known === undefined) return;
      const missing = epoch < known.epoch ? known.events : epoch === known.epoch ? known.events - events : 0;
      if (missing > waiting) otherSource(whose, known, `a journal that ends ${missing} events before`);
    },
    report(): Produced {
      note();
      return { chain, partition, epoch: Math.max(0, epoch), events, before: events - written, bytes };
    },
  };
}

function cutOff({ chain }: Owner, journal: string, { epoch, events }: Found): never {
  const expected = `what epoch ${epoch} of ${chain} began with, or another bus: this one has ${events} events of it`;
  return fail('state', journal, expected, 'a journal whose beginning was put away');
}

/** The state that an epoch begins in, as a snapshot of no event. */
function seedOf(
  { engine, predictor }: RecordedState,
  of: { readonly schemaId: string; readonly chain: string; readonly epoch: number; readonly first: number },
): Uint8Array {
  const place = { events: 0, offset: 0, covered: 0, floor: 0, digest: digestAfter([], undefined) };
  return encodeSnapshot({ ...of, ...place, engine, predictor: predictor ?? new Uint8Array(0) });
}

/** The same, again and again where it fails: a log that is away comes back, and topics may still be made. */
export async function followOn(options: FollowOptions, onTrouble: (error: MinotaurError) => void): Promise<void> {
  const { signal, end } = options;
  while (!end.aborted)
    try {
      await followJournal(options);
      return;
    } catch (error) {
      if (end.aborted) return;
      if (!(error instanceof MinotaurError)) throw error;
      onTrouble(error);
      if (signal.aborted || error.kind === 'state') return;
      await setTimeout(AGAIN_MS, undefined, { signal }).catch(() => {});
    }
}
