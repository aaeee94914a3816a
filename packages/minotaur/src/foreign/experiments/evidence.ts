/** What the experiments on the future say of a column: where its rows changed that must not. */
import type { DoneFuture, FutureDifference, FutureKind } from './experiment.ts';

/** An experiment that a column did not stand. */
export interface Hit {
  readonly done: DoneFuture;
  readonly difference: FutureDifference;
}

/** Experiments of a kind. */
export interface ExperimentCount {
  /** Those in which a column changed that must not have. */
  readonly hits: number;
  /** Those in which it had rows to compare. */
  readonly of: number;
}

export interface Evidence {
  readonly hits: readonly Hit[];
  /** Experiments by kind in which the column had values to compare, and in how many of them it changed. */
  readonly counts: Readonly<Record<FutureKind, ExperimentCount>>;
  /** The largest difference that is rounding; 0 where every row was equal to the bit. */
  readonly rounded: number;
}

const KINDS: readonly FutureKind[] = ['cut', 'garble', 'hostile', 'early', 'filled', 'bridged'];

/** The evidence on a column. */
export function evidenceOf(futures: readonly DoneFuture[], name: string): Evidence {
  const hits: Hit[] = [];
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, { hits: 0, of: 0 }])) as Record<
    FutureKind,
    { hits: number; of: number }
  >;
  let rounded = 0;
  for (const done of futures) {
    const { experiment, differences } = done;
    const difference = differences.get(name);
    if (difference === undefined || difference.compared === 0) continue;
    counts[experiment.kind].of++;
    rounded = Math.max(rounded, difference.largestRounded);
    if (difference.rows === 0) continue;
    counts[experiment.kind].hits++;
    hits.push({ done, difference });
  }
  return { hits, counts, rounded };
}

/** Whether only what ends the table changes the column: no other future of the same length does. */
export const isCutAlone = ({ counts, hits }: Evidence): boolean => hits.length > 0 && counts.cut.hits === hits.length;
