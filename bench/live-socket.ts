/** From a frame's arrival at the socket to its row in the hands of a subscriber in another process, beside what the chain alone takes. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createEngine } from '../packages/minotaur/src/node/engine.ts';
import { simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { createMetrics } from '../packages/minotaur/src/service/metrics/metrics.ts';
import { createLog } from '../packages/minotaur/src/service/server/log.ts';
import { startService } from '../packages/minotaur/src/service/server/server.ts';
import { quantile, summary, type Figure } from './harness.ts';
import { BEGUN, BUSY, openSession } from './live-session.ts';

export const title = 'From the socket of a venue to a subscriber, rows of the complete preset';

const HISTORY = 100_000;
const ROWS = 1000;
const PER_SECOND = 2000;

export async function benches(): Promise<Figure[]> {
  const alone = chainAlone();
  const whole = await throughSockets();
  return [
    ...figures('arrival to subscriber', whole, [500, 2000]),
    ...figures('the chain alone', alone, [Infinity, Infinity]),
    summary('what is around it, p50', 'us', [quantile(whole, 0.5) - quantile(alone, 0.5)]),
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

async function throughSockets(): Promise<Float64Array> {
  const session = await openSession({ trades: 10 * HISTORY, seed: 6, dense: 1 }, undefined, BUSY);
  const { publication } = session;
  const service = await startService({
    publication,
    metrics: await createMetrics(),
    log: await createLog({ write: () => {} }),
    actions: { snapshot: () => ({}), stop: () => {} },
    port: 0,
  });
  try {
    await session.send({ count: HISTORY });
    const child = fork(
      fileURLToPath(new URL('live-socket-reader.ts', import.meta.url)),
      [service.url, String(BEGUN), String(ROWS)],
      { execArgv: ['--conditions=source'] },
    );
    await once(child, 'message');
    const told = once(child, 'message');
    const first = publication.recent.rows.next;
    while (publication.recent.rows.next < first + ROWS)
      await session.send({ count: PER_SECOND, perSecond: PER_SECOND });
    const [micros] = (await told) as [number[]];
    return Float64Array.from(micros).sort();
  } finally {
    await service.close();
    await session.close();
  }
}
