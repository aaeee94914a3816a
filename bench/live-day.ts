/** A day of a busy market, five million trades, as fast as they go: does anything grow? `MINOTAUR_DAY` plays fewer. */
import { quantile, summary, type Figure } from './harness.ts';
import { held, openSession } from './live-session.ts';

export const title = 'A day of a busy market';

const TRADES = Number(process.env['MINOTAUR_DAY'] ?? 5_000_000);
/** Parts of the day; the first ones fill what has a bound. */
const PARTS = 24;
const SETTLED = 8;
/** The simulation has 25 trades a second; five million of them are to fit into 22 hours. */
const DENSE = 2.6;

/** Of a straight line through `values`, a step apart. */
function slope(values: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [x, y] = [(values.length - 1) / 2, mean(values)];
  const over = values.reduce((sum, value, i) => sum + (i - x) * (value - y), 0);
  return over / values.reduce((sum, _, i) => sum + (i - x) ** 2, 0);
}

export async function benches(): Promise<Figure[]> {
  let micros: number[] = [];
  const timings = {
    transit: () => {},
    prediction: () => {},
    row: (seconds: number) => void micros.push(1e6 * seconds),
  };
  const session = await openSession({ trades: TRADES, seed: 8, dense: DENSE }, timings);
  const resident: number[] = [];
  const reachable: number[] = [];
  const p99s: number[] = [];
  const p50s: number[] = [];
  const began = performance.now();
  const before = process.cpuUsage();
  try {
    for (let part = 0; part < PARTS; part++) {
      micros = [];
      // At a rate that a busy hour of a large market has at its best, so that percentiles are those of a session and not of a queue.
      await session.send({ count: Math.floor(TRADES / PARTS), perSecond: 20_000 });
      resident.push(process.memoryUsage.rss() / 1e6);
      reachable.push(held() / 1e6);
      const sorted = Float64Array.from(micros).sort();
      p50s.push(quantile(sorted, 0.5));
      p99s.push(quantile(sorted, 0.99));
    }
    const { user, system } = process.cpuUsage(before);
    const { trades, rows } = session.supervisor.chain.counts();
    const seconds = (performance.now() - began) / 1000;
    const hours = trades / (25 * DENSE) / 3600;
    const late = p99s.slice(-SETTLED);
    return [
      summary('trades used', '', [trades], {
        note: `${rows} rows in ${seconds.toFixed(0)} s, ${((user + system) / 1e6).toFixed(0)} s of CPU, ${((hours * 3600) / seconds).toFixed(0)} times as fast`,
      }),
      summary('resident', 'MB', resident.slice(SETTLED), { note: resident.map((mb) => mb.toFixed(0)).join(' ') }),
      summary('reachable', 'MB', reachable.slice(SETTLED), { note: reachable.map((mb) => mb.toFixed(1)).join(' ') }),
      summary('its growth', 'MB/hour', [slope(reachable.slice(SETTLED)) * (PARTS / hours)], {
        asked: { under: 0.1 },
        note: 'of the market',
      }),
      summary('journal', 'bytes/trade', [session.journalBytes() / trades], {
        note: `of ${(rows / trades).toPrecision(2)} rows a trade`,
      }),
      summary('message to row: p50', 'us', p50s),
      summary('message to row: p99, last parts', 'us', late),
      summary('last parts / those before: median of p50', '', [ratio(p50s)]),
    ];
  } finally {
    await session.close();
  }
}

const ratio = (list: readonly number[]): number => {
  const median = (part: readonly number[]): number => part.toSorted((a, b) => a - b)[Math.floor(part.length / 2)];
  return median(list.slice(-SETTLED)) / median(list.slice(SETTLED, -SETTLED));
};
