/** What the two sides of a feed say to each other. */
import type { MessagePort } from 'node:worker_threads';
import type { ErrorFacts, ErrorKind } from 'minotaur-core/internal/base/errors';
import type { SingleEvent } from 'minotaur-core/internal/live/record';
import type { PlacedTrades } from '../codec/events.ts';
import type { KafkaLogOptions } from '../kafka/kafka-log.ts';
import type { ArrivedRecord, Outgoing, ReadEvents } from '../recovery/contract.ts';

/** What the far side is started with. */
export interface FeedTask {
  readonly log: Omit<KafkaLogOptions, 'onTrouble'>;
  readonly port: MessagePort;
}

/** Asked of the far side; `id` names a reading or a write. */
export type FeedRequest =
  | { readonly type: 'read'; readonly id: number; readonly partition: number; readonly from: number }
  /** What was in slabs has been taken: they come back. */
  | { readonly type: 'taken'; readonly id: number; readonly slabs: readonly ArrayBuffer[] }
  | { readonly type: 'write'; readonly id: number; readonly partition: number; readonly messages: readonly Outgoing[] }
  /** Nobody waits for it any more. */
  | { readonly type: 'stop'; readonly id: number }
  | { readonly type: 'close' };

/** Said by the far side of what `id` names. */
export type FeedReply =
  | ({ readonly type: 'arrived'; readonly id: number } & PackedBatch)
  | { readonly type: 'written'; readonly id: number; readonly offsets: readonly number[] }
  | { readonly type: 'failed'; readonly id: number; readonly kind: ErrorKind; readonly facts: ErrorFacts }
  | { readonly type: 'broken'; readonly id: number; readonly error: unknown };

/** Records whose trades are in a slab, one message's after the other's. */
export interface PackedBatch {
  /** It changes hands. */
  readonly slab: ArrayBuffer;
  readonly records: readonly PackedRecord[];
}

/** A record whose trades, if it was read, are elsewhere. */
export interface PackedRecord extends Omit<ArrivedRecord, 'value'> {
  readonly value: Uint8Array | PackedEvents;
}

/** More of them are put behind them as they are read. */
export interface PackedEvents extends Omit<ReadEvents, 'events' | 'count' | 'next'> {
  /** Trades are those of the slab. */
  readonly events: (SingleEvent | PlacedTrades)[];
  count: number;
  next: number;
}
