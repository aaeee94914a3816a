/** A progress bar on a terminal, nothing elsewhere. */
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** Adds to what has been done. */
  add(amount: number): void;
  stop(): void;
}

/** Whether anybody sees a bar: what only a bar needs to know is not worth a pass over the input elsewhere. */
export const showsProgress = (): boolean => process.stderr.isTTY;

/** `total` 0 where it is not known: then only the amount and the rate are shown. */
export function createProgress(label: string, total: number, unit = 'trades'): Progress {
  if (!showsProgress()) return { add: () => {}, stop: () => {} };
  const format =
    total > 0
      ? `${label} {bar} {percentage}% | {value}/{total} ${unit} | ETA {eta_formatted}`
      : `${label} {value} ${unit} | {duration_formatted}`;
  const bar = new SingleBar(
    { format, hideCursor: true, clearOnComplete: true, stream: process.stderr, etaBuffer: 50 },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { add: (amount) => bar.increment(amount), stop: () => bar.stop() };
}
