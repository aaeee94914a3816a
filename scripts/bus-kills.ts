/** `npm run bus:kills -- --kills N --seed N`: workers and brokers killed at random moments while trades come; what became of the rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBrokers, whyNoBrokers } from '../test/bus/brokers.ts';
import { runKills } from '../test/bus/killed.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, kills: { type: 'string', default: '100' } },
});
const missing = await whyNoBrokers();
if (missing !== undefined) throw new Error(missing);
const directory = mkdtempSync(join(tmpdir(), 'minotaur-kills-'));
const brokers = await startBrokers(directory, 3, 19_690);
const began = performance.now();
const say = (words: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${words}`);
try {
  const options = { brokers, directory: join(directory, 'run'), name: 'kills', workers: 3, symbols: 12, between: 3 };
  const report = await runKills({ ...options, kills: Number(values.kills), seed: Number(values.seed), say });
  const { workersKilled, brokersKilled, zombies, verified, undisturbed } = report;
  const beginnings = report.beginnings.toSorted((a, b) => a - b);
  const at = (share: number): number => beginnings[Math.floor(share * (beginnings.length - 1))];
  const same = Object.entries(undisturbed).every(([symbol, digest]) => verified.digests[symbol] === digest);
  console.log(`\n${workersKilled} workers and ${brokersKilled} brokers killed, ${zombies} workers stopped and woken`);
  console.log(`${verified.rows} rows, ${verified.repeated} written again; same bits: ${verified.holds && same}`);
  console.log(`${beginnings.length} beginnings of a partition: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  process.exitCode = verified.holds && same ? 0 : 1;
} finally {
  await brokers.stop();
  rmSync(directory, { recursive: true, force: true });
}
