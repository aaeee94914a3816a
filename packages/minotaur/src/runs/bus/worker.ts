/** `worker`: rows of a bus, shared with all workers of its group. */
import { callback, flag, optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import { abortSignal } from '../course/options.ts';
import { openFeed } from '../../bus/feed/feed.ts';
import { createChains, type Chains } from '../../bus/worker/chains.ts';
import { probedWorker } from '../../bus/worker/health.ts';
import { markAsOldGrow } from '../../node/collector.ts';
import { serveProbes } from '../../node/probes.ts';
import type { WorkerStatus } from '../../bus/worker/contract.ts';
import { startWorker, type BusWorker } from '../../bus/worker/worker.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { nameBus, withLog, type BusOptions, type NamedBus } from './open.ts';
import { readPredicting, withPredictors, type BusPredictingOptions, PREDICTING } from './predicting.ts';

/** What `worker` takes. */
export interface BusWorkerOptions extends BusOptions, BusPredictingOptions {
  /** The chain. */
  readonly config: ConfigArgument;
  /** Who share the partitions; those of the same chain where absent. */
  readonly group?: string | undefined;
  /** Keeps the newest snapshots of the partitions that are others' in memory, so that it takes them over sooner. */
  readonly standby?: boolean | undefined;
  /** Of probes and metrics; absent: none. 0: any that is free. */
  readonly port?: number | undefined;
  /** Address that it listens on; 127.0.0.1 where absent. */
  readonly host?: string | undefined;
  /** Ends it, with its partitions handed over. */
  readonly signal: AbortSignal;
  /** Told the address of probes and metrics. */
  readonly onListening?: ((url: string) => void) | undefined;
}

const WORKER = optionsOf<BusWorkerOptions>(
  { bus: textual, config: configArgument, signal: abortSignal },
  {
    settings: textual,
    onNote: callback,
    ...PREDICTING,
    group: textual,
    standby: flag,
    port: whole,
    host: textual,
    onListening: callback,
  },
);

/** What a worker did. */
export type BusWorkerReport = WorkerStatus;

/**
 * Works the partitions of a bus that are its own, until the signal says so. Tells the collector of this process when to mark: it may
 * have nothing else to do.
 * @throws {MinotaurError} where the bus cannot be had, or the port
 */
export async function runBusWorker(options: BusWorkerOptions): Promise<BusWorkerReport> {
  requireKind('runBusWorker', WORKER, options);
  const { config } = await resolveConfig(options.config);
  const by = readPredicting(options, config);
  return withPredictors(by, async (predictor) => {
    const chains = createChains(config, predictor);
    const named = await nameBus(options, chains.plan.schema.id, by?.id);
    // Those of one schema that predict otherwise are others: their snapshots are.
    const group = by === undefined ? named.topics.rows : `${named.topics.rows}.${by.id.slice(0, 12)}`;
    return work(options, chains, named, options.group ?? group);
  });
}

async function work(
  options: BusWorkerOptions,
  chains: Chains,
  named: NamedBus,
  group: string,
): Promise<BusWorkerReport> {
  const { port, host = '127.0.0.1', signal, onListening, onNote } = options;
  const { snapshotSeconds } = named.settings;
  let troubles = 0;
  const onTrouble = (words: string): void => {
    troubles++;
    onNote?.(words);
  };
  return withLog(named, { ...options, onNote: onTrouble }, async (log) => {
    await log.partitions('snapshots');
    const onFailed = (partition: number, { message }: Error): void => onNote?.(`partition ${partition}: ${message}`);
    let worker: BusWorker | undefined;
    const health =
      port === undefined
        ? undefined
        : await serveProbes(() => worker && probedWorker(worker, () => troubles), { port, host });
    if (health !== undefined) onListening?.(health.url);
    const ended = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const feed = openFeed({ ...named, onTrouble });
    markAsOldGrow();
    try {
      const ears = { onNote, onFailed };
      worker = await startWorker({ log, feed, chains, group, snapshotSeconds, keepsSnapshots: options.standby, ears });
      await Promise.race([ended, worker.broken]);
    } finally {
      await worker?.stop();
      await feed.close();
      await health?.close();
    }
    return worker.status();
  });
}
