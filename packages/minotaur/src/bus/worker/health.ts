/** Probes and metrics of a worker, by the names that the live service has for them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import { hostInUrl } from '../../node/http.ts';
import { systemWords } from '../../node/system-words.ts';
import type { BusWorker, WorkerStatus } from './worker.ts';

export interface Health {
  readonly url: string;
  close(): Promise<void>;
}

/** What is counted, of {@link WorkerStatus}. */
const METRICS = [
  ['partitions', 'gauge', 'Partitions that are its own', ({ partitions }) => partitions.length],
  ['partitions_begun', 'gauge', 'Of these, those that are being worked', ({ begun }) => begun],
  ['partitions_failed', 'gauge', 'Of these, those that cannot go on', ({ failed }) => failed.length],
  ['chains', 'gauge', 'Chains of these partitions', ({ chains }) => chains],
  ['chains_halted', 'gauge', 'Of these, those that cannot go on', ({ halted }) => halted.length],
  ['events_total', 'counter', 'Events taken', ({ events }) => events],
  ['events_repeated_total', 'counter', 'Events that had been taken before', ({ repeated }) => repeated],
  ['events_refused_total', 'counter', 'Events that their chains refused', ({ refused }) => refused],
  ['rows_total', 'counter', 'Rows made', ({ rows }) => rows],
  ['predictions_total', 'counter', 'Predictions made', ({ predictions }) => predictions],
  ['snapshots_total', 'counter', 'Snapshots written', ({ snapshots }) => snapshots],
  ['kept_snapshot_bytes', 'gauge', "Snapshots of others' partitions in memory", ({ kept }) => kept],
  ['rows_waiting_bytes', 'gauge', 'Bytes of rows that the log has not taken yet', ({ waiting }) => waiting],
  [
    'slowest_beginning_seconds',
    'gauge',
    'Longest that a partition took to be where its snapshots say',
    ({ slowestBeginning }) => slowestBeginning / 1000,
  ],
] as const satisfies readonly (readonly [string, 'gauge' | 'counter', string, (status: WorkerStatus) => number])[];

/** Milliseconds that the log may take to say how far it is; whoever asks wants the rest all the same. */
const LAG_MS = 1000;
const PREFIX = 'minotaur_bus_';

async function metricsText(worker: BusWorker): Promise<string> {
  const status = worker.status();
  const lines = METRICS.map(([name, type, help, of]) => metric(name, type, help, of(status)));
  const lag = await Promise.race([worker.lag().catch(() => NaN), setTimeout(LAG_MS, NaN, { ref: false })]);
  lines.push(metric('lag_messages', 'gauge', 'Messages of events that are not taken yet; NaN: not known', lag));
  lines.push(metric('cpu_seconds_total', 'counter', 'Processor time of the worker', process.cpuUsage().user / 1e6));
  lines.push(metric('resident_bytes', 'gauge', 'Memory of the worker', process.memoryUsage.rss()));
  return lines.join('');
}

function metric(name: string, type: string, help: string, value: number): string {
  return `# HELP ${PREFIX}${name} ${help}\n# TYPE ${PREFIX}${name} ${type}\n${PREFIX}${name} ${value}\n`;
}

/** Ready while all that is its own is being worked. */
function isReady({ partitions, begun, failed, halted }: WorkerStatus): boolean {
  return begun === partitions.length && failed.length === 0 && halted.length === 0;
}

/**
 * `workerOf`: undefined until it has joined, so that a port that is taken keeps nobody from what is its own.
 * @throws {MinotaurError} of kind `config` where the address cannot be had
 */
export async function serveHealth(
  workerOf: () => BusWorker | undefined,
  { port, host }: { port: number; host: string },
): Promise<Health> {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body);
    };
    const json = (value: unknown, status = 200): void => answer(status, 'application/json', JSON.stringify(value));
    // As it came: `//` is no URL, and would be an error that nobody catches.
    const [pathname] = (request.url ?? '/').split('?');
    const worker = workerOf();
    if (request.method !== 'GET') json({ error: 'GET alone' }, 405);
    else if (pathname === '/healthz') json({ ok: true });
    else if (worker === undefined) json({ ready: false, error: 'it has not joined yet' }, 503);
    else if (pathname === '/readyz') json({ ready: isReady(worker.status()) }, isReady(worker.status()) ? 200 : 503);
    else if (pathname === '/v1/status') json(worker.status());
    else if (pathname === '/metrics')
      void metricsText(worker).then((text) => answer(200, 'text/plain; version=0.0.4; charset=utf-8', text));
    else json({ error: 'no such page' }, 404);
  });
  server.headersTimeout = 5000;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    return fail('config', '--port', `a port of ${host} that can be had (0: any that is free)`, systemWords(error));
  }
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${hostInUrl(host)}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
