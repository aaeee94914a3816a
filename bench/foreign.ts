/** `verify --foreign` of a script of 20 columns over 6,000 bars: what all experiments take beside 45 runs of the script. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBarsFile } from '../test/foreign/bars.ts';
import { pandasPython } from '../test/foreign/interpreters.ts';
import { verifyForeign } from '../packages/minotaur/src/runs/verification/foreign.ts';
import { summary, type Figure } from './harness.ts';

export const title = 'verify --foreign: 20 columns of pandas over 6,000 bars';

/** Runs of the script that are not counted: so many experiments there are about. */
const OWN_RUNS = 45;
const TIMES = 3;

export async function benches(): Promise<Figure[]> {
  const python = pandasPython();
  if (python === undefined) {
    console.log('no Python with pandas: PYTHON names one');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-bench-'));
  const [whole, beside, once, cpu]: number[][] = [[], [], [], []];
  let runs = 0;
  try {
    const file = writeBarsFile(join(folder, 'bars.csv'), 6000);
    for (let i = 0; i < TIMES; i++) {
      const before = process.cpuUsage();
      const report = await verifyForeign({ file, python, foreign: join(import.meta.dirname, 'foreign.py:make') });
      const { user, system } = process.cpuUsage(before);
      whole.push(report.seconds);
      once.push(report.runSeconds);
      beside.push(report.seconds - OWN_RUNS * report.runSeconds);
      cpu.push((user + system) / 1e6);
      runs = report.runs;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return [
    summary(`beside ${OWN_RUNS} times its own run`, 's', beside, { asked: { under: 10 } }),
    summary('all experiments', 's', whole, { note: `${runs} runs, interpreters and imports included` }),
    summary('one run of the script', 's', once),
    summary('of the processors, without the interpreters', 's', cpu),
  ];
}
