/** What recovery works with: records of a log, chains that take events, and what is to be written. */
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import type { Row } from 'minotaur-core/internal/rows/row';
import type { Unsealed } from '../codec/envelope.ts';
import type { EventBatch } from '../codec/events.ts';

/** One message of a partition. */
export interface LogRecord {
  readonly offset: number;
  readonly key: string;
  readonly value: Uint8Array;
}

/** Events of one chain that were read before they were asked for: those of a message, or of some that follow each other. */
export interface ReadEvents extends EventBatch {
  readonly kind: 'events';
  /** Events of the batch; each trade is one. */
  readonly count: number;
  /** Offset behind the last message of them. */
  readonly next: number;
}

/** One message of a partition of events, as its owner takes it: its bytes, or what was read of it and of those behind it. */
export interface ArrivedRecord extends Omit<LogRecord, 'value'> {
  /** Of the first message. */
  readonly offset: number;
  readonly value: Uint8Array | ReadEvents;
}

/** The topics of a bus. */
export type TopicName = 'events' | 'rows' | 'predictions' | 'snapshots';

/** What came of events. */
export interface Taken {
  /** Rows that they completed, in order. */
  readonly rows: readonly Row[];
  /** Of these rows, one each; none where nothing predicts. */
  readonly predictions: readonly Prediction[];
  /** Events that the chain refused, and goes on without, as it does wherever these events are taken. */
  readonly refused: number;
}

/** The state of a chain, and of the predictor behind it: empty where there is none. */
export interface ChainState {
  readonly engine: Uint8Array;
  readonly predictor: Uint8Array;
}

/** A chain that takes events. */
export interface WorkedChain {
  /** Takes the events of `batch` behind the first `skip`. */
  take(batch: EventBatch, skip: number): Promise<Taken>;
  state(): ChainState;
}

/** Opens a chain: cold, or in a state. @throws {MinotaurError} where there is no such chain, or the state is another's */
export type OpenChain = (name: string, epoch: number, state: ChainState | undefined) => WorkedChain;

/** A message that is to be written. */
export interface Outgoing {
  readonly topic: TopicName;
  readonly key: string;
  /** Whoever writes it seals it where it is not. */
  readonly value: Uint8Array | Unsealed;
}

/** Messages that are to be written in this order; as often as it takes, because a repeat does no harm. */
export interface Write {
  readonly messages: readonly Outgoing[];
}
