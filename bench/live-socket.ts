/**
 * From a frame's arrival at the socket to its row in the hands of a subscriber in another process, beside what the chain alone takes
 * and what a message of a row's size takes from this process to that one at the same time, through ws and nothing else.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { createEngine } from '../packages/minotaur/src/node/engine.ts';
import { simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { createMetrics } from '../packages/minotaur/src/service/metrics/metrics.ts';
import { createLog } from '../packages/minotaur/src/service/server/log.ts';
import { startService } from '../packages/minotaur/src/service/server/server.ts';
import { quantile, summary, type Figure } from './harness.ts';
import { BEGUN, BUSY, openSession, wall } from './live-session.ts';

export const title = 'From the socket of a venue to a subscriber, rows of the complete preset';

const HISTORY = 100_000;
const ROWS = 1000;
const PER_SECOND = 2000;
/** Milliseconds. */
const BARE_EVERY = 23;

export async function benches(): Promise<Figure[]> {
  const alone = chainAlone();
  const { whole, published, bare } = await throughSockets();
  return [
    ...figures('arrival to subscriber', whole, [500, 2000]),
    ...figures('of it, to its publication, on record', published, [Infinity, Infinity]),
    ...figures('the chain alone', alone, [Infinity, Infinity]),
    ...figures('a bare message of that size', bare, [Infinity, Infinity]),
  ];
}

function figures(name: string, sorted: Float64Array, asked: readonly [p50: number, p99: number]): Figure[] {
  return [0.5, 0.99].map((q, i) =>
    summary(`${name}: p${q * 100}`, 'us', [quantile(sorted, q)], {
      ...(asked[i] < Infinity ? { asked: { under: asked[i] } } : {}),
      note: `${sorted.length} rows`,
    }),
  );
}

/** Microseconds of pushes that complete a row. */
function chainAlone(): Float64Array {
  let rows = 0;
  const engine = createEngine(BUSY, { onRows: ({ count }) => void (rows += count) });
  const micros: number[] = [];
  let pushed = 0;
  for (const trade of simulatedTrades({ trades: 2 * HISTORY, seed: 6 })) {
    const before = rows;
    const started = performance.now();
    engine.push(trade);
    if (rows > before && pushed >= HISTORY) micros.push(1000 * (performance.now() - started));
    pushed++;
  }
  return Float64Array.from(micros).sort();
}

async function throughSockets(): Promise<Record<'whole' | 'published' | 'bare', Float64Array>> {
  let published: number[] = [];
  const timings = {
    transit: () => {},
    prediction: () => {},
    row: (seconds: number) => void published.push(1e6 * seconds),
  };
  const session = await openSession({ trades: 10 * HISTORY, seed: 6, dense: 1 }, timings, BUSY);
  const { publication } = session;
  const service = await startService({
    publication,
    metrics: await createMetrics(),
    log: await createLog({ write: () => {} }),
    actions: { snapshot: () => ({}), stop: () => {}, replaceModel: () => Promise.resolve({}) },
    port: 0,
  });
  const bareServer = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(bareServer, 'listening');
  const message = new Float64Array(publication.facts.columns.length + 5);
  const timer = setInterval(() => {
    message[0] = wall();
    for (const client of bareServer.clients) client.send(message);
  }, BARE_EVERY);
  try {
    await session.send({ count: HISTORY });
    const child = fork(
      fileURLToPath(new URL('live-socket-reader.ts', import.meta.url)),
      [service.url, `ws://127.0.0.1:${(bareServer.address() as AddressInfo).port}/`, String(BEGUN), String(ROWS)],
      { execArgv: ['--conditions=minotaur-source'] },
    );
    await once(child, 'message');
    const told = once(child, 'message');
    published = [];
    const first = publication.recent.rows.next;
    while (publication.recent.rows.next < first + ROWS)
      await session.send({ count: PER_SECOND, perSecond: PER_SECOND });
    const [{ micros, bare }] = (await told) as [{ micros: number[]; bare: number[] }];
    const sorted = (list: readonly number[]): Float64Array => Float64Array.from(list).sort();
    return { whole: sorted(micros), published: sorted(published), bare: sorted(bare) };
  } finally {
    clearInterval(timer);
    bareServer.close();
    await service.close();
    await session.close();
  }
}
