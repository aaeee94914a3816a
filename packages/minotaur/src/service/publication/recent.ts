/** The newest of everything that was published, each kind in a ring of its own. */
import type { BarMessage, EventMessage, Message, PredictionMessage, RowMessage } from '../protocol/messages.ts';
import type { Position } from '../protocol/position.ts';
import type { PublicationFacts } from './facts.ts';
import { createRing, type Ring } from './ring.ts';

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

const ITEMS = 10_000;
const BYTES = 32 * 1024 * 1024;
const EVENTS = 2_000;
/** Of a frame beside its values. */
const FRAME_OVERHEAD = 200;

/** How much is kept. */
export interface RecentOptions {
  /** Rows, predictions, bars of a clock, at most (10,000). */
  readonly items?: number;
  /** Bytes of rows, and of bars of a clock, at most (32 MiB). */
  readonly bytes?: number;
}

export function createRecent(facts: PublicationFacts, { items = ITEMS, bytes = BYTES }: RecentOptions): Recent {
  const room = (width: number): number =>
    Math.max(1, Math.min(items, Math.floor(bytes / (8 * width + FRAME_OVERHEAD))));
  return {
    rows: createRing(room(facts.columns.length)),
    predictions: createRing(items),
    bars: new Map(facts.clocks.map(({ name, columns }) => [name, createRing(room(columns.length))])),
    events: createRing(EVENTS),
  };
}
