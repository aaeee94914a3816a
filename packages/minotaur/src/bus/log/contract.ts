/** A log that several machines share: partitions of messages that stay in order, and members that own them. */
import type { ArrivedRecord, LogRecord, Outgoing, TopicName } from '../recovery/contract.ts';

/** What a partition holds: offsets from the first to one past the last. */
export interface LogRange {
  readonly first: number;
  readonly end: number;
}

/** Messages that follow each other, and the offset behind them: some may have been cleared away. */
export interface ReadBatch {
  readonly records: readonly LogRecord[];
  readonly next: number;
}

/** Membership of those who share the partitions of events. */
export interface Membership {
  /** Says in the log how far a partition has been worked; for whoever looks, nothing rests on it. */
  say(partition: number, offset: number): void;
  leave(): Promise<void>;
}

/** What a member hears. */
export interface MemberEars {
  /** All partitions that are its own from now on; `anew`: it was out, and others may have worked them. */
  onOwn(partitions: readonly number[], anew: boolean): void;
  /** Partitions are about to move. */
  onMoving?(): void;
  onTrouble?(words: string): void;
}

/** A log, by the topics of one bus. */
export interface Log {
  /**
   * How many partitions a topic has. Asks until the signal says so; without one, for some time.
   * @throws {MinotaurError} where there is none, or nobody answers
   */
  partitions(topic: TopicName, signal?: AbortSignal): Promise<number>;
  /** Asks until the signal says so; without one, for some time. @throws {MinotaurError} where nobody answers */
  range(topic: TopicName, partition: number, signal?: AbortSignal): Promise<LogRange>;
  /**
   * Messages from an offset on, as they come; ends when the signal says so. Some are read ahead.
   * @throws {MinotaurError} where the offset is not there
   */
  read(topic: TopicName, partition: number, from: number, signal: AbortSignal): AsyncIterable<ReadBatch>;
  /**
   * Writes messages into a partition, each into its topic, and gives their offsets once every copy that counts has them. It tries until
   * the signal says so: they may then be there, or not, and may be there twice.
   */
  write(partition: number, messages: readonly Outgoing[], signal: AbortSignal): Promise<readonly number[]>;
  /** Shares the partitions of events with all members of `group`. */
  join(group: string, ears: MemberEars): Promise<Membership>;
  close(): Promise<void>;
}

/** What a partition at work needs of a log all the time: a log is one, and there may be one that reads events ahead. */
export interface Feed extends Pick<Log, 'write' | 'close'> {
  /** The same as of {@link Log}; the trades of a batch are valid until the next is asked for. */
  read(
    topic: 'events',
    partition: number,
    from: number,
    signal: AbortSignal,
  ): AsyncIterable<{ readonly records: readonly ArrivedRecord[] }>;
}
