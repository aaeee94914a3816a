/** Probes and metrics of a worker. */
import { figureInTime, metricText, type Probed } from '../../node/probes.ts';
import type { WorkerStatus } from './contract.ts';
import type { BusWorker } from './worker.ts';

/** What is counted, of {@link WorkerStatus}. */
const METRICS = [
  ['ready', 'gauge', 'Whether all that is its own is being worked', (status) => Number(isReady(status))],
  ['partitions', 'gauge', 'Partitions that are its own', ({ partitions }) => partitions.length],
  ['partitions_begun', 'gauge', 'Of these, those that are being worked', ({ begun }) => begun],
  ['partitions_failed', 'gauge', 'Of these, those that cannot go on', ({ failed }) => failed.length],
  [
    'partition_retries_total',
    'counter',
    'Times that a partition that had failed was begun again',
    ({ retries }) => retries,
  ],
  ['chains', 'gauge', 'Chains of these partitions', ({ chains }) => chains],
  ['chains_halted', 'gauge', 'Of these, those that cannot go on', ({ halted }) => halted.length],
  ['events_total', 'counter', 'Events taken', ({ events }) => events],
  ['events_repeated_total', 'counter', 'Events that had been taken before', ({ repeated }) => repeated],
  ['events_refused_total', 'counter', 'Events that their chains refused', ({ refused }) => refused],
  ['rows_total', 'counter', 'Rows made', ({ rows }) => rows],
  ['predictions_total', 'counter', 'Predictions made', ({ predictions }) => predictions],
  [
    'unpredicted_total',
    'counter',
    'Rows without a prediction: they are not ready, or the model gave none',
    ({ unpredicted }) => unpredicted,
  ],
  ['snapshots_total', 'counter', 'Snapshots written', ({ snapshots }) => snapshots],
  [
    'newest_row_timestamp_seconds',
    'gauge',
    'Time of the newest row made; NaN before the first',
    ({ newestRow = NaN }) => newestRow / 1e6,
  ],
  ['kept_snapshot_bytes', 'gauge', "Snapshots of others' partitions in memory", ({ kept }) => kept],
  ['rows_waiting_bytes', 'gauge', 'Bytes of rows that the log has not taken yet', ({ waiting }) => waiting],
  [
    'slowest_beginning_seconds',
    'gauge',
    'Longest that a partition took to be where its snapshots say',
    ({ slowestBeginning }) => slowestBeginning / 1000,
  ],
] as const satisfies readonly (readonly [string, 'gauge' | 'counter', string, (status: WorkerStatus) => number])[];

const PREFIX = 'minotaur_worker_';

async function metricsText(worker: BusWorker, troubles: number): Promise<string> {
  const status = worker.status();
  const lines = METRICS.map(([name, type, help, of]) => metricText(PREFIX + name, type, help, of(status)));
  const lag = await figureInTime(worker.lag());
  lines.push(
    metricText(`${PREFIX}lag_messages`, 'gauge', 'Messages of events that are not taken yet; NaN: not known', lag),
  );
  lines.push(
    metricText(`${PREFIX}bus_troubles_total`, 'counter', 'Times that brokers did not do what was asked', troubles),
  );
  const { user, system } = process.cpuUsage();
  lines.push(
    metricText(`${PREFIX}cpu_seconds_total`, 'counter', 'Processor time of the worker', (user + system) / 1e6),
  );
  lines.push(metricText(`${PREFIX}resident_bytes`, 'gauge', 'Memory of the worker', process.memoryUsage.rss()));
  return lines.join('');
}

/** Ready while all that is its own is being worked. */
function isReady({ partitions, begun, failed, halted }: WorkerStatus): boolean {
  return begun === partitions.length && failed.length === 0 && halted.length === 0;
}

/** A worker, as probes ask it; `troubles` tells how often brokers did not do what was asked of them. */
export function probedWorker(worker: BusWorker, troubles: () => number): Probed {
  return {
    isReady: () => isReady(worker.status()),
    status: () => worker.status(),
    metrics: () => metricsText(worker, troubles()),
  };
}
