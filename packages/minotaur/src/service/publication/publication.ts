/**
 * The port between a live session and whoever serves it. A session hands over what came out of its chain; nobody who reads it
 * is waited for, and what is read is what lies here: the newest in memory, what is older in the journal.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import type { BarRows, EngineSinks } from 'minotaur-core/internal/chain/contract';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { frameBar, framePrediction, frameRow, type Framed } from '../protocol/frame.ts';
import type { BarMessage, EventMessage, Message, PredictionMessage, RowMessage } from '../protocol/messages.ts';
import { comparePositions, type Position } from '../protocol/position.ts';
import type { PublicationFacts } from './facts.ts';
import { createRing, type Ring } from './ring.ts';
import { createCondition, type Reason, type ServiceState } from './status.ts';

/** What was published, and where it stands among all of it. */
export interface Published<M extends Message = Message> {
  /** Counts everything that was published, whatever it is. */
  readonly sequence: number;
  /** Of a row or prediction its own; of anything else that of the row that came next. */
  readonly position: Position;
  readonly message: M;
  /** As a binary message; events have none. */
  readonly frame: Uint8Array<ArrayBuffer> | undefined;
  /** Bytes of all frames up to here, this one's included. */
  readonly bytes: number;
}

/** What may be read of a publication, each kind in its order. */
export interface Recent {
  readonly rows: Ring<Published<RowMessage>>;
  readonly predictions: Ring<Published<PredictionMessage>>;
  /** By clock. */
  readonly bars: ReadonlyMap<string, Ring<Published<BarMessage>>>;
  readonly events: Ring<Published<EventMessage>>;
}

/** A session writes here; servers read. */
export interface Publication {
  /** Who publishes. */
  readonly facts: PublicationFacts;
  /** Ears for the chain. What they hear is held until {@link commit}: it must be on record first. */
  readonly sinks: EngineSinks;
  /** The row that the chain makes next has this position; forgets what was held. Before the first call nothing is taken. */
  begin(next: Position): void;
  /** From here on there are subscribers: what was published before is their past. */
  open(): void;
  /**
   * Publishes what the chain has handed over since the last call, and the predictions of its rows. To be called once the push
   * has returned, and thus is on record. `arrival`: of the push, microseconds; NaN where it is not known.
   */
  commit(arrival: number, predictions?: readonly Prediction[]): void;
  /** Something that happened beside rows. */
  event(event: string, data: Readonly<Record<string, unknown>>): void;
  /** What the session is doing. */
  setState(state: ServiceState): void;
  /** Why the service is not ready, or, without text, that this is no reason any more. */
  setReason(code: string, text?: string): void;
  readonly state: ServiceState;
  readonly reasons: readonly Reason[];
  /** Whether {@link open} was called. */
  readonly isOpen: boolean;
  /** The position of the next row. */
  readonly next: Position;
  /** Bytes of everything so far. */
  readonly bytes: number;
  readonly recent: Recent;
  /** Calls `listener` after each change, at once: it has to be quick. What is returned ends that. */
  listen(listener: () => void): () => void;
}

/** How much is kept in memory, and by which clock events are dated. */
export interface PublicationOptions {
  /** Microseconds since the epoch. */
  readonly now: () => number;
  /** Rows, predictions, bars of a clock, at most (10,000). */
  readonly items?: number;
  /** Bytes of rows, and of bars of a clock, at most (32 MiB). */
  readonly bytes?: number;
}

const ITEMS = 10_000;
const BYTES = 32 * 1024 * 1024;
const EVENTS = 2_000;
/** Of a frame beside its values. */
const FRAME_OVERHEAD = 200;

/** A publication of a session that has not begun. */
export function createPublication(facts: PublicationFacts, options: PublicationOptions): Publication {
  const { now, items = ITEMS, bytes = BYTES } = options;
  const room = (width: number): number =>
    Math.max(1, Math.min(items, Math.floor(bytes / (8 * width + FRAME_OVERHEAD))));
  const bars = new Map(facts.clocks.map(({ name, columns }) => [name, room(columns.length)] as const));
  const recent = {
    rows: createRing<Published<RowMessage>>(room(facts.columns.length)),
    predictions: createRing<Published<PredictionMessage>>(items),
    bars: new Map(Array.from(bars, ([name, capacity]) => [name, createRing<Published<BarMessage>>(capacity)])),
    events: createRing<Published<EventMessage>>(EVENTS),
  };
  const log = createLog(recent);
  const condition = createCondition();
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  const event = (name: string, data: Readonly<Record<string, unknown>>): void => {
    log.event({ kind: 'event', number: recent.events.next, time: now(), event: name, data });
    tell();
  };
  const setReason = (code: string, text?: string): void => {
    if (condition.setReason(code, text)) event('reason', { code, text: text ?? null });
  };
  const held = createHeld(facts);
  let begun = false;
  let isOpen = false;
  return {
    facts,
    sinks: {
      onRows: (rows) => begun && held.rows(rows),
      onBars: (rows) => begun && held.bars(rows),
      onHole: ({ from, to, missing = null }, instrument) => event('hole', { instrument, from, to, missing }),
    },
    begin(next) {
      log.begin(next);
      held.take();
      begun = true;
    },
    open() {
      if (!begun) fail('internal', 'publication', 'a session that has begun', 'none');
      isOpen = true;
      setReason('bootstrapping');
      const last = recent.rows.at(recent.rows.next - 1);
      if (last === undefined || !last.message.ready) setReason('warm-up', 'no row that is ready');
    },
    commit(arrival, predictions = []) {
      const out = held.take();
      let ready: boolean | undefined;
      for (const add of out) ready = add(log, arrival) ?? ready;
      log.predictions(predictions, arrival);
      if (isOpen && ready !== undefined) setReason('warm-up', ready ? undefined : 'the newest row is not ready');
      if (out.length > 0) tell();
    },
    event,
    setState(state) {
      if (condition.setState(state)) event('state', { state });
    },
    setReason,
    get state() {
      return condition.state;
    },
    get reasons() {
      return condition.reasons;
    },
    get isOpen() {
      return isOpen;
    },
    get next() {
      return log.next();
    },
    get bytes() {
      return log.bytes();
    },
    recent,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

type Log = ReturnType<typeof createLog>;

/** Numbers what is published and puts it where it belongs. */
function createLog({ rows, predictions, bars, events }: Recent) {
  let [epoch, ordinal] = [0, 0];
  let sequence = 0;
  let bytes = 0;
  const entry = <M extends Message>({ message, frame }: Framed<M>, position: Position): Published<M> => {
    bytes += frame.length;
    return { sequence: sequence++, position, message, frame, bytes };
  };
  return {
    next: (): Position => ({ epoch, ordinal }),
    bytes: () => bytes,
    begin(next: Position): void {
      const newest = rows.at(rows.next - 1);
      if (newest !== undefined && comparePositions(newest.position, next) >= 0)
        fail('internal', 'publication', 'a position behind the newest row', `${next.epoch}:${next.ordinal}`);
      ({ epoch, ordinal } = next);
    },
    row(row: Omit<RowMessage, 'epoch' | 'ordinal' | 'kind'>): void {
      const position = { epoch, ordinal: ordinal++ };
      rows.push(entry(frameRow({ kind: 'row', ...position, ...row }), position));
    },
    bar(bar: Omit<BarMessage, 'epoch' | 'kind'>, clock: number): void {
      bars.get(bar.clock)?.push(entry(frameBar({ kind: 'bar', epoch, ...bar }, clock), { epoch, ordinal }));
    },
    predictions(list: readonly Prediction[], arrival: number): void {
      list.forEach(({ refusal = '', ...prediction }, i) => {
        const position = { epoch, ordinal: ordinal - list.length + i };
        const message = { kind: 'prediction', ...position, arrival, ...prediction, refusal } as const;
        predictions.push(entry(framePrediction(message), position));
      });
    },
    event(message: EventMessage): void {
      events.push({ sequence: sequence++, position: { epoch, ordinal }, message, frame: undefined, bytes });
    },
  };
}

/** Copies of what the chain handed over, in order; each puts itself into the log, and a row says whether it is ready. */
type Held = (log: Log, arrival: number) => boolean | undefined;

function createHeld({ barPlaces }: PublicationFacts) {
  let list: Held[] = [];
  return {
    take(): readonly Held[] {
      const taken = list;
      list = [];
      return taken;
    },
    rows({ count, width, time, values, ready, complete }: RowBlock): void {
      for (let r = 0; r < count; r++) {
        const flags = { time: time[r], ready: ready[r] === 1, complete: complete[r] === 1 };
        const own = values.slice(r * width, (r + 1) * width);
        list.push((log, arrival) => {
          log.row({ ...flags, arrival, values: own });
          return flags.ready;
        });
      }
    },
    bars({ clock, data, from, to }: BarRows): void {
      const place = barPlaces.get(clock);
      if (place === undefined) return;
      for (let i = from; i < to; i++) {
        const bar = { clock, time: data[place.time][i], ordinal: data[place.ordinal][i] };
        const values = Float64Array.from(place.columns, (c) => data[c][i]);
        list.push((log, arrival) => {
          log.bar({ ...bar, arrival, values }, place.clock);
          return undefined;
        });
      }
    },
  };
}
