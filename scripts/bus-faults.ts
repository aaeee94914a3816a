/** `npm run bus:faults -- --seconds N --symbols N --seed N`: networks that part and disks that are full, as root; what became of the rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whyNoBrokers } from '../test/bus/brokers.ts';
import { whyNoSandbox } from '../test/bus/network.ts';
import { CUTS } from '../test/bus/parted.ts';
import { runSandboxed } from '../test/bus/sandboxed.ts';
import { holds, type TrialReport } from '../test/bus/trial.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
    symbols: { type: 'string', default: '4' },
  },
});
const missing = (await whyNoBrokers()) ?? whyNoSandbox();
if (missing !== undefined) throw new Error(missing);
const directory = mkdtempSync(join(tmpdir(), 'minotaur-faults-'));
const began = performance.now();
const say = (words: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${words}`);
const common = { seed: Number(values.seed), seconds: Number(values.seconds), symbols: Number(values.symbols) };
const reports: TrialReport[] = [];
try {
  // Each cut in a trial of its own: what it does is not over when the network is whole again.
  for (const [at, { kind, nodes }] of CUTS.entries()) {
    say(`${kind}: ${nodes.join(', ')}`);
    reports.push(await runSandboxed('parted', { ...common, directory: join(directory, `cut${at}`), cuts: [at] }, say));
  }
  for (const brokers of [1, 3] as const)
    reports.push(await runSandboxed('full', { ...common, directory: join(directory, `full${brokers}`), brokers }, say));
  for (const report of reports) {
    const { verified, late } = report;
    const words = Object.entries(late).map(([kind, figures]) => `${kind} ${Math.max(...figures).toFixed(1)} s late`);
    console.log(
      `${verified.rows} rows, ${verified.repeated} written again; same: ${holds(report)}; ${words.join(', ')}`,
    );
  }
  process.exitCode = reports.every(holds) ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
