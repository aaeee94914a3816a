/** Trials that cut wires and fill disks, in a process that has networks and mounts of its own: `SANDBOX node sandboxed.ts NAME OPTIONS`. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runFull, type FullOptions } from './full.ts';
import { runJoining, type JoiningOptions, type JoiningReport } from './joining.ts';
import { SANDBOX } from './network.ts';
import { runParted, type PartedOptions } from './parted.ts';
import type { TrialReport } from './trial.ts';

const OWN = fileURLToPath(import.meta.url);

interface Trials {
  readonly parted: Omit<PartedOptions, 'say'>;
  readonly full: Omit<FullOptions, 'say'>;
  readonly joining: Omit<JoiningOptions, 'say'>;
}

interface Reports {
  readonly parted: TrialReport;
  readonly full: TrialReport;
  readonly joining: JoiningReport;
}

/** Runs a trial in a sandbox of its own, all of which ends with it. @throws what it threw */
export async function runSandboxed<Name extends keyof Trials>(
  name: Name,
  options: Trials[Name],
  say: (words: string) => void = () => {},
): Promise<Reports[Name]> {
  const [command, ...args] = [
    ...SANDBOX,
    process.execPath,
    '--conditions=minotaur-source',
    OWN,
    name,
    JSON.stringify(options),
  ];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [report, words] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (report += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    words = (words + data.toString()).slice(-4000);
    for (const line of data.toString().split('\n')) if (line !== '') say(line);
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}: ${words}`);
  return JSON.parse(report) as Reports[Name];
}

if (process.argv[1] === OWN) {
  const [, , name, options] = process.argv;
  const say = (words: string): void => console.error(words);
  const trials = {
    parted: () => runParted({ ...(JSON.parse(options) as Trials['parted']), say }),
    joining: () => runJoining({ ...(JSON.parse(options) as Trials['joining']), say }),
    full: () => runFull({ ...(JSON.parse(options) as Trials['full']), say }),
  };
  console.log(JSON.stringify(await trials[name as keyof Trials]()));
  // Brokers end with the sandbox.
  process.exit(0);
}
