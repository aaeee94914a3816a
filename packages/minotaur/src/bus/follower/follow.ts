/**
 * Writes what a journal has into a bus, as it grows. The journal is the source: what is written is on the disk, and where the bus has
 * come to is what the bus says, so that whoever goes on after a kill writes nothing twice that readers would take twice, and leaves
 * nothing out.
 */
import { setTimeout } from 'node:timers/promises';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { createSchema } from 'minotaur-core/internal/base/schema';
import type { RecordedEvent, RecordedState } from 'minotaur-core/internal/live/record';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { JournalHeader } from '../../journal/format.ts';
import { systemWords } from '../../node/system-words.ts';
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
  /** Events that were written since the status before. */
  readonly written: number;
  /** Whether the bus has answered since the status before. */
  readonly answered: boolean;
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
    from?.epoch,
  );
  for await (const { records, at } of tailJournal(journal, { from, follows, signal })) {
    end.throwIfAborted();
    for (const one of records) {
      events.take(one);
      if (desk.isFull) await desk.write(false);
    }
    await desk.write(true);
    desk.tell(events.left ?? at);
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
  const named = chainOf(chain, instruments, journal);
  return { chain: named, instruments: names.length === 1 ? [named] : names, schemaId: createSchema(schema).id };
}

/** The name of a chain: as given, or that of its only instrument. */
export function chainOf(
  given: string | undefined,
  instruments: readonly Pick<Instrument, 'name'>[],
  where: string,
): string {
  const names = instruments.map((one) => one.name);
  if (given === undefined && names.length > 1)
    fail('config', '--chain', `a name for the chain of ${names.join(', ')} (${where})`, 'none');
  return given ?? names[0];
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
  const { log, journal, bus, follows, batch, end } = options;
  const { chain, instruments, schemaId } = whose;
  let [epoch, events] = [from?.epoch ?? -1, from?.events ?? 0];
  let held: Held[] = [];
  let count = 0;
  let [written, bytes] = [0, 0];
  let place: FollowedPlace | undefined;
  let notedAt = performance.now();
  const tell = tellingOf(options);

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
      // Reading begins anew with all of a push: what comes before its first event is what comes before the place.
      if (place?.epoch !== epoch || place.segment !== segment || place.byte !== byte)
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
    tell: (at: TailPlace): void => tell({ epoch, events, at }, written),
    /** All that the journal has has been looked at, but for some that wait. */
    requireAll(waiting: number): void {
      if (known === undefined) return;
      const missing = epoch < known.epoch ? known.events : epoch === known.epoch ? known.events - events : 0;
      if (missing > waiting) otherSource(whose, known, `a journal that ends ${missing} events before`);
    },
    report(): Produced {
      note();
      const before = known?.epoch === epoch ? Math.min(known.events, events) : 0;
      return { chain, partition, epoch: Math.max(0, epoch), events, before, bytes };
    },
  };
}

/** Tells what has changed. `written`: since it began. */
function tellingOf({ onStatus }: FollowOptions) {
  let told: FollowStatus | undefined;
  let counted = 0;
  return (now: Pick<FollowStatus, 'epoch' | 'events' | 'at'>, written: number): void => {
    const fresh = written - counted;
    const isSame = fresh === 0 && told?.epoch === now.epoch && told.events === now.events;
    if (isSame && told?.at.segment === now.at.segment && told.at.byte === now.at.byte) return;
    counted = written;
    // Before the first, the bus has said how far it is.
    told = { ...now, written: fresh, answered: told === undefined || fresh > 0 };
    onStatus?.(told);
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

/** Whether it is so again however often it is tried. */
export const isFinal = ({ kind }: MinotaurError): boolean => kind === 'state' || kind === 'config';

/** What fails on a disk or a wire may be over; what is thrown without a code is a mistake of ours. */
function troubleOf(error: unknown, journal: string): MinotaurError {
  if (error instanceof MinotaurError) return error;
  if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
  const facts = { where: journal, expected: 'a journal that can be read into a bus', found: systemWords(error) };
  return new MinotaurError('input', facts);
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
      const trouble = troubleOf(error, options.journal);
      onTrouble(trouble);
      if (signal.aborted || isFinal(trouble)) return;
      await setTimeout(AGAIN_MS, undefined, { signal }).catch(() => {});
    }
}
