/** What a suggestion costs at 1,000 trials, over 14 parameters of the space of the CNN and transformer: processor time, all threads. */
import { sfc32 } from '../packages/core/src/base/random.ts';
import { drawEvenly, type Place, type Space } from '../packages/core/src/tune/space.ts';
import { SPACES } from '../packages/core/src/tune/spaces.ts';
import { suggest, SAMPLERS } from '../packages/core/src/tune/suggest.ts';
import type { Trial } from '../packages/core/src/tune/trial.ts';
import { summary, type Figure } from './harness.ts';

export const title = 'A suggestion at 1,000 trials, 14 parameters';

const TRIALS = 1000;
const PARAMETERS = 14;
const [WARM_UP, RUNS, BATCH] = [4, 15, 10];

function history(space: Space): Trial[] {
  const uniform = sfc32(3);
  return Array.from({ length: TRIALS }, (_, number) => {
    const place: Place = Object.fromEntries(
      Object.entries(space).map(([name, dimension]) => [name, drawEvenly(dimension, uniform)]),
    );
    const state = number % 3 === 0 ? 'PRUNED' : 'COMPLETE';
    return { number, state, place, value: uniform(), intermediate: new Map([[1, uniform()]]), rungs: [] };
  });
}

export function benches(): Promise<Figure[]> {
  const space = Object.fromEntries(Object.entries(SPACES['cnn-transformer']).slice(0, PARAMETERS));
  const trials = history(space);
  const figures = SAMPLERS.map((sampler) => {
    const times: number[] = [];
    for (let run = -WARM_UP; run < RUNS; run++) {
      const started = process.cpuUsage();
      for (let k = 0; k < BATCH; k++) {
        const number = TRIALS + (WARM_UP + run) * BATCH + k;
        suggest(space, trials, number, { sampler, direction: 'MAXIMIZE', seed: 1 });
      }
      const { user, system } = process.cpuUsage(started);
      if (run >= 0) times.push((user + system) / 1000 / BATCH);
    }
    return summary(sampler, 'ms of CPU', times, { asked: { under: 5 } });
  });
  return Promise.resolve(figures);
}
