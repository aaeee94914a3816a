/** `npm run bus:kills -- --kills N --between SECONDS --seed N`: workers and brokers killed at random moments while trades come; what became of the rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBrokers, whyNoBrokers } from '../test/bus/brokers.ts';
import { runKills } from '../test/bus/killed.ts';
import { holds } from '../test/bus/trial.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '100' },
    between: { type: 'string', default: '3' },
  },
});
const missing = await whyNoBrokers();
if (missing !== undefined) throw new Error(missing);
const directory = mkdtempSync(join(tmpdir(), 'minotaur-kills-'));
const brokers = await startBrokers(directory, 3, 18_690);
const began = performance.now();
const say = (words: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${words}`);

/** Of figures: how many, the median, the 99th of a hundred and the most. */
function spread(figures: readonly number[], unit: string, digits: number): string {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))].toFixed(digits);
  return `${sorted.length}: p50 ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)} ${unit}`;
}

try {
  const { kills, between, seed } = values;
  const numbers = { kills: Number(kills), between: Number(between), seed: Number(seed) };
  const options = { brokers, directory: join(directory, 'run'), name: 'kills', workers: 3, symbols: 6 };
  const report = await runKills({ ...options, ...numbers, say });
  const { workersKilled, brokersKilled, zombies, verified, followed, beginnings, late } = report;
  console.log(`\n${workersKilled} workers and ${brokersKilled} brokers killed, ${zombies} workers stopped and woken`);
  console.log(
    `${verified.rows} rows, ${verified.repeated} written again, ${followed} followed; same: ${holds(report)}`,
  );
  console.log(`beginnings of a partition, ${spread(beginnings, 'ms', 0)}`);
  console.log('how late the latest row came, of each fault');
  for (const [kind, figures] of Object.entries(late)) console.log(`  ${kind}, ${spread(figures, 's', 1)}`);
  process.exitCode = holds(report) ? 0 : 1;
} finally {
  await brokers.stop();
  rmSync(directory, { recursive: true, force: true });
}
