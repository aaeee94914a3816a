/** A live session served: from a row's publication to a subscriber in another process, and what publishing costs the chain. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMetrics } from '../packages/minotaur/src/service/metrics/metrics.ts';
import { createPublication, type Publication } from '../packages/minotaur/src/service/publication/publication.ts';
import { createLog } from '../packages/minotaur/src/service/server/log.ts';
import { startService } from '../packages/minotaur/src/service/server/server.ts';
import { quantile, summary, type Figure } from './harness.ts';

export const title = 'Serving, rows of 872 values over loopback';

const WIDTH = 872;
const ROWS = 2000;
const EVERY_MS = 5;
const READER = fileURLToPath(new URL('serve-reader.ts', import.meta.url));

export async function benches(): Promise<Figure[]> {
  return [...(await latencies(1)), ...(await latencies(20)), cost()];
}

function widePublication(): { publication: Publication; emit: () => void } {
  const columns = Array.from({ length: WIDTH }, (_, i) => `c${i}`);
  const who = { session: 'bench', schemaId: 's', artefact: null, engineVersion: '0', instruments: ['X'], clocks: [] };
  const publication = createPublication(
    { ...who, columns, meanings: [], config: {}, barPlaces: new Map() },
    { now: () => 0 },
  );
  publication.begin({ epoch: 0, ordinal: 0 });
  publication.open();
  const values = Float64Array.from(columns, (_, i) => Math.sin(i) * 1e4);
  const one = Float64Array.of(1);
  return {
    publication,
    emit() {
      // Processes of one machine share this clock.
      const now = Number(process.hrtime.bigint());
      values[0] = now;
      publication.sinks.onRows?.({ count: 1, width: WIDTH, time: one, values, ready: one, complete: one });
      publication.commit(1);
    },
  };
}

/** Microseconds from before a row is published to its values in the hands of the first of `readers` in another process. */
async function latencies(readers: number): Promise<Figure[]> {
  const { publication, emit } = widePublication();
  const service = await startService({
    publication,
    metrics: await createMetrics(),
    log: await createLog({ write: () => {} }),
    actions: { snapshot: () => ({}), stop: () => {}, replaceModel: () => Promise.resolve({}) },
    port: 0,
  });
  const child = fork(READER, [service.url, String(readers), String(ROWS)], { execArgv: ['--conditions=source'] });
  await once(child, 'message');
  for (let i = 0; i < ROWS; i++) {
    emit();
    await sleep(EVERY_MS);
  }
  const [nanos] = (await once(child, 'message')) as [number[]];
  await service.close();
  const sorted = Float64Array.from(nanos, (ns) => ns / 1000).sort();
  const note = `${readers} subscriber${readers > 1 ? 's' : ''}, ${sorted.length} rows`;
  return [0.5, 0.99].map((q) =>
    summary(`published to received: p${q * 100}, ${readers} subscribers`, 'us', [quantile(sorted, q)], { note }),
  );
}

/** What a row costs whoever publishes it, subscribers or none. */
function cost(): Figure {
  const { emit } = widePublication();
  const micros: number[] = [];
  for (let i = 0; i < 20_000; i++) {
    const started = performance.now();
    emit();
    micros.push((performance.now() - started) * 1000);
  }
  return summary('publishing a row', 'us', [quantile(Float64Array.from(micros).sort(), 0.5)], {
    note: 'p50 of 20,000',
  });
}
