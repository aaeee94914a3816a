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
const CROWD_TURNS = 2;
const READER = fileURLToPath(new URL('serve-reader.ts', import.meta.url));

export async function benches(): Promise<Figure[]> {
  return [...(await latencies(1)), ...(await latencies(20)), ...(await crowd()), cost()];
}

function widePublication(): { publication: Publication; emit: () => void } {
  const columns = Array.from({ length: WIDTH }, (_, i) => `c${i}`);
  const who = { session: 'bench', schemaId: 's', artefact: null, engineVersion: '0', instruments: ['X'], clocks: [] };
  const publication = createPublication(
    { ...who, columns, meanings: [], config: {}, barPlaces: new Map(), drive: 0 },
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

/** What is asked of a run. */
interface Crowd {
  readonly readers: number;
  /** Who asks for rows and does not read. */
  readonly deaf: number;
  readonly rows: number;
  readonly everyMs: number;
}

/** Nanoseconds from before a row is published to its values in the hands of each of `readers` in another process. */
async function reading({ readers, deaf, rows, everyMs }: Crowd): Promise<{ nanos: number[][]; closed: number }> {
  const { publication, emit } = widePublication();
  const metrics = await createMetrics();
  const service = await startService({
    publication,
    metrics,
    log: await createLog({ write: () => {} }),
    actions: { snapshot: () => ({}), stop: () => {}, replaceModel: () => Promise.resolve({}) },
    port: 0,
  });
  const child = fork(READER, [service.url, ...[readers, rows, deaf].map(String)], {
    execArgv: ['--conditions=minotaur-source'],
  });
  await once(child, 'message');
  const told = once(child, 'message');
  for (let i = 0; i < rows; i++) {
    emit();
    await sleep(everyMs);
  }
  const closed = /subscribers_closed_total\{reason="slow"\} (\d+)/.exec(await metrics.text())?.[1] ?? '0';
  const [nanos] = (await told) as [number[][]];
  await service.close();
  return { nanos, closed: Number(closed) };
}

/** Of the first of `readers`. */
async function latencies(readers: number): Promise<Figure[]> {
  const { nanos } = await reading({ readers, deaf: 0, rows: ROWS, everyMs: EVERY_MS });
  const sorted = Float64Array.from(nanos[0], (ns) => ns / 1000).sort();
  const note = `${readers} subscriber${readers > 1 ? 's' : ''}, ${sorted.length} rows`;
  return [0.5, 0.99].map((q) =>
    summary(`published to received: p${q * 100}, ${readers} subscribers`, 'us', [quantile(sorted, q)], { note }),
  );
}

/** A hundred subscribers, of whom ten do not read: what the ninety get, beside the ninety alone. In turns. */
async function crowd(): Promise<Figure[]> {
  const p99s: [alone: number[], beside: number[]] = [[], []];
  let sentAway = 0;
  for (let turn = 0; turn < 2 * CROWD_TURNS; turn++) {
    const deaf = turn % 2 === 0 ? 0 : 10;
    const { nanos, closed } = await reading({ readers: 90, deaf, rows: 2400, everyMs: 15 });
    sentAway += closed;
    p99s[turn % 2].push(quantile(Float64Array.from(nanos.flat(), (ns) => ns / 1000).sort(), 0.99));
  }
  const [alone, beside] = p99s.map((list) => list.toSorted((a, b) => a - b)[0]);
  return [
    summary('90 subscribers: p99 of all', 'us', p99s[0]),
    summary('the same beside 10 that do not read', 'us', p99s[1], { note: `${sentAway} sent away` }),
    summary('least of these / least of those', '', [beside / alone], { asked: { under: 1.2 } }),
  ];
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
