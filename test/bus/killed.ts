/** Workers and brokers that are killed at random moments while trades come. */
import { setTimeout } from 'node:timers/promises';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { runTrial, type TrialOptions, type TrialReport } from './trial.ts';

export interface KillsOptions extends Omit<TrialOptions, 'seconds'> {
  /** Of workers and brokers; after every four of them a worker stands still for longer than its session. */
  readonly kills: number;
  /** Seconds between them, on average. */
  readonly between: number;
}

export interface KillsReport extends TrialReport {
  readonly workersKilled: number;
  readonly brokersKilled: number;
  /** Workers that stood still for longer than their session, and went on. */
  readonly zombies: number;
}

export async function runKills({ kills, between, ...options }: KillsOptions): Promise<KillsReport> {
  const { brokers, seed, say = () => {} } = options;
  const uniform = mulberry32(seed);
  const counts = { workersKilled: 0, brokersKilled: 0, zombies: 0 };
  // Faults take their time too: brokers have to start, sleepers to sleep.
  const seconds = 5 * kills * between + 10;
  const report = await runTrial({ ...options, seconds }, async ({ workers, restart, fault }) => {
    /** A broker that is not there yet: others die meanwhile, but no other broker. */
    let starting = Promise.resolve();
    await setTimeout(5000);
    for (let k = 0; counts.workersKilled + counts.brokersKilled < kills; k++) {
      await setTimeout(1000 * between * (0.5 + uniform()));
      const w = Math.floor(uniform() * workers.length);
      if (k % 5 === 2) {
        const id = 1 + Math.floor(uniform() * brokers.count);
        await starting;
        fault('a broker killed');
        await brokers.kill(id);
        starting = setTimeout(1000 * uniform()).then(() => brokers.start(id));
        counts.brokersKilled++;
      } else if (k % 5 === 4) {
        fault('a worker stopped and woken');
        workers[w].kill('SIGSTOP');
        // Longer than its session: others have its partitions when it wakes.
        await setTimeout(4000);
        workers[w].kill('SIGCONT');
        counts.zombies++;
      } else {
        fault('a worker killed');
        workers[w].kill('SIGKILL');
        restart(w);
        counts.workersKilled++;
      }
      say(`${k + 1}: ${JSON.stringify(counts)}`);
    }
    await starting;
    await setTimeout(5000);
  });
  return { ...counts, ...report };
}
