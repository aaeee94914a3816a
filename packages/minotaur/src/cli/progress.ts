/** A progress bar on a terminal, nothing elsewhere. */
import type { SingleBar } from 'cli-progress';
import { interruption } from './interruption.ts';
import type { Progress, RunOptions } from '../runs/course/options.ts';

/** A bar for a run; between its steps, and before something is printed, it goes. */
export interface ProgressBar extends Pick<RunOptions, 'onProgress' | 'signal'> {
  clear(): void;
}

/** Nobody sees a bar elsewhere: then nothing is told of progress, which may cost a pass over the input. */
async function createProgressBar(): Promise<ProgressBar> {
  const { signal } = interruption();
  if (!process.stderr.isTTY) return { signal, clear: () => {} };
  const { Presets, SingleBar } = await import('cli-progress');
  const startBar = ({ step, total = 0, unit }: Progress): SingleBar => {
    const bar = new SingleBar(
      {
        format: formatOf(step, total, unit),
        hideCursor: true,
        clearOnComplete: true,
        stream: process.stderr,
        etaBuffer: 50,
      },
      Presets.shades_classic,
    );
    bar.start(total, 0);
    return bar;
  };
  let shown: { readonly step: string; readonly bar: SingleBar } | undefined;
  const clear = (): void => {
    shown?.bar.stop();
    shown = undefined;
  };
  return {
    signal,
    clear,
    onProgress(progress) {
      if (shown?.step !== progress.step) {
        clear();
        shown = { step: progress.step, bar: startBar(progress) };
      }
      shown.bar.update(progress.done);
    },
  };
}

/** Does something with a bar that is gone afterwards. */
export async function watched<T>(work: (bar: ProgressBar) => Promise<T>): Promise<T> {
  const bar = await createProgressBar();
  try {
    return await work(bar);
  } finally {
    bar.clear();
  }
}

/** Where the total is not known, only the amount and the rate are shown. */
const formatOf = (step: string, total: number, unit: string): string =>
  total > 0
    ? `${step} {bar} {percentage}% | {value}/{total} ${unit} | ETA {eta_formatted}`
    : `${step} {value} ${unit} | {duration_formatted}`;
