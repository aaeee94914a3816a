/** What a worker tells of itself. */
import type { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { ShardCounts } from '../recovery/shard.ts';

/** What a worker tells of. */
export interface WorkerEars {
  /** In words, what it does and what passes: one line. */
  readonly onNote?: ((words: string) => void) | undefined;
  /** A partition that cannot go on, or a chain of it. */
  readonly onFailed?: ((partition: number, error: MinotaurError) => void) | undefined;
}

/** What a worker is doing, and what its partitions came to since it began. */
export interface WorkerStatus extends ShardCounts {
  readonly partitions: readonly number[];
  /** Partitions that have begun; of those that are its own. */
  readonly begun: number;
  readonly chains: number;
  /** Bytes of rows that the log has not taken yet. */
  readonly waiting: number;
  /** Milliseconds that the slowest beginning of a partition took. */
  readonly slowestBeginning: number;
  /** Bytes of snapshots of others' partitions that are kept in memory. */
  readonly kept: number;
  /** Those that cannot go on, why, and whether they are going to be begun again by themselves. */
  readonly failed: readonly { readonly partition: number; readonly reason: string; readonly isRetried: boolean }[];
  /** How often partitions that had failed were begun again. */
  readonly retries: number;
  readonly halted: readonly { readonly chain: string; readonly reason: string }[];
}
