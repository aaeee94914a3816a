/** A broker whose disk is full while trades come, and has room again after a while. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startBrokers, type Brokers } from './brokers.ts';
import { runTrial, type TrialOptions, type TrialReport } from './trial.ts';

const DISK_BYTES = 64 * 1024 * 1024;

export interface FullOptions extends Omit<TrialOptions, 'brokers' | 'workers' | 'inside' | 'seconds' | 'name'> {
  /** One alone, or one of three. */
  readonly brokers: 1 | 3;
  /** For which the disk is full. */
  readonly seconds: number;
}

/** In a sandbox. */
export async function runFull({ brokers: count, seconds, ...options }: FullOptions): Promise<TrialReport> {
  const { directory, say = () => {} } = options;
  const home = join(directory, 'brokers');
  const disk = join(home, '1.data');
  mkdirSync(disk, { recursive: true });
  mount(disk);
  spawnSync('ip', ['link', 'set', 'lo', 'up']);
  const brokers = await startBrokers(home, count, 19_090);
  const trial = { ...options, name: 'full', brokers, workers: 2, seconds: 6 * seconds + 60 };
  return runTrial(trial, async ({ fault }) => {
    await setTimeout(5000);
    fault('the disk of a broker full');
    const filler = fill(disk);
    say('full');
    await setTimeout(1000 * seconds);
    rmSync(filler);
    say('room again');
    await begunAgain(brokers, say);
    await setTimeout(1000 * seconds);
  });
}

function mount(disk: string): void {
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'none', disk], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** Takes all the room that there is, but for that in pages that files have begun. */
function fill(disk: string): string {
  const file = join(disk, 'filler');
  const open = openSync(file, 'w');
  const piece = Buffer.alloc(64 * 1024);
  try {
    for (;;) writeSync(open, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(open);
  }
  return file;
}

/** A broker that cannot write to its only disk ends: it is begun again. */
async function begunAgain(brokers: Brokers, say: (words: string) => void): Promise<void> {
  await brokers.kill(1).then(
    () => say('the broker was running still'),
    () => say('the broker had ended'),
  );
  await brokers.start(1);
}
