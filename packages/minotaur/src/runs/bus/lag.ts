/** `bus lag`: how far the partitions of a bus have been worked. */
import { optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { planOf } from 'minotaur-core/internal/config/engine';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { isCut } from '../../bus/recovery/place.ts';
import { readPlace } from '../../bus/worker/restoring.ts';
import { nameBus, withLog, type BusOptions, BUS } from './open.ts';
import { readPredicting, type BusPredictingOptions, PREDICTING } from './predicting.ts';

/** What `bus lag` takes. */
export interface BusLagOptions extends BusOptions, BusPredictingOptions {
  /** Whose workers. */
  readonly config: ConfigArgument;
}

const LAG = optionsOf<BusLagOptions>({ bus: textual, config: configArgument }, { ...BUS, ...PREDICTING });

/** How far a partition has been worked. */
export interface PartitionLag {
  /** Its number. */
  readonly partition: number;
  /** Offset of the first event that the log still has. */
  readonly first: number;
  /** Offset behind the newest event. */
  readonly end: number;
  /** Chains with a snapshot. */
  readonly chains: number;
  /** Offset from which an owner that took it over now would read. */
  readonly from: number;
  /** Messages that it would read. */
  readonly lag: number;
  /** Whether events were cut off that are in no snapshot: nobody could go on. */
  readonly cut: boolean;
}

/** What `bus lag` found. */
export interface BusLagReport {
  /** Partition by partition. */
  readonly partitions: readonly PartitionLag[];
  /** Of all of them. */
  readonly lag: number;
}

/**
 * What an owner would have to read, were a partition taken over now: behind the snapshots, which are what counts.
 * @throws {MinotaurError} where the bus cannot be read
 */
export async function busLag(options: BusLagOptions): Promise<BusLagReport> {
  requireKind('busLag', LAG, options);
  const { config } = await resolveConfig(options.config);
  const named = await nameBus(options, planOf(config).schema.id, readPredicting(options, config)?.id);
  return withLog(named, options, async (log) => {
    const count = await log.partitions('events');
    const { signal } = new AbortController();
    const partitions = await Promise.all(
      Array.from({ length: count }, async (_, partition): Promise<PartitionLag> => {
        const place = await readPlace(log, partition, signal);
        const { chains, from } = place;
        const { first, end } = await log.range('events', partition);
        const lag = end - Math.max(first, from);
        return { partition, first, end, chains: chains.size, from, lag, cut: isCut(place, first) };
      }),
    );
    return { partitions, lag: partitions.reduce((sum, { lag }) => sum + lag, 0) };
  });
}
