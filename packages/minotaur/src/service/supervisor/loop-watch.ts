/** How long this process was busy with something else: a pause of the collector, a model, a snapshot. Arrivals wait for as long. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between two looks, by which the delay of a look that nothing held up is known. */
const RESOLUTION = 10;

/** The 99th percentile since the last look, milliseconds. */
export interface LoopWatch {
  look(): number;
  stop(): void;
}

export function watchLoop(): LoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  return {
    look() {
      const delay = histogram.percentile(99) / 1e6 - RESOLUTION;
      histogram.reset();
      return Math.max(0, delay);
    },
    stop: () => void histogram.disable(),
  };
}
