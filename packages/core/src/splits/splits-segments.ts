/** Where each fold trains and where it is judged, before anything is purged. Positions count the labelled rows in order. */
import type { SplitConfig } from './section.ts';

/** Names of the split codes, by code. */
export const SPLITS = ['none', 'train', 'validation', 'test', 'purged'] as const;
export const UNUSED = 0;
const TRAIN = 1;
const VALIDATION = 2;
const HELD_OUT = 3;
export const PURGED = 4;

/** Labelled rows [from, to) of one split; segments of a fold follow each other. */
export interface Segment {
  readonly split: number;
  readonly from: number;
  readonly to: number;
  /** Labelled rows at its start that are left out of training, because they follow a test. */
  readonly embargo: number;
}

/** Segments of every fold over `count` labelled rows; any may be empty where the rows are few. */
export function planFolds(config: SplitConfig, count: number): readonly (readonly Segment[])[] {
  switch (config.method) {
    case 'chronological': {
      const train = portion(count, config.train);
      const judged = config.test > 0 ? portion(count, config.train + config.validation) : count;
      const splits: Segment[] = [segment(TRAIN, 0, train)];
      if (config.validation > 0) splits.push(segment(VALIDATION, train, judged));
      if (config.test > 0) splits.push(segment(HELD_OUT, judged, count));
      return [splits];
    }
    case 'walkForward': {
      const first = portion(count, config.train);
      const bound = (k: number): number => first + Math.floor(((count - first) * k) / config.folds);
      return Array.from({ length: config.folds }, (_, k) =>
        withValidation(config.validation, [
          segment(TRAIN, config.window === 'sliding' ? bound(k) - first : 0, bound(k)),
          segment(HELD_OUT, bound(k), bound(k + 1)),
        ]),
      );
    }
    case 'purgedKFold': {
      const bound = (k: number): number => Math.floor((count * k) / config.folds);
      const embargo = portion(count, config.embargo);
      return Array.from({ length: config.folds }, (_, k) =>
        withValidation(
          config.validation,
          [
            segment(TRAIN, 0, bound(k)),
            segment(HELD_OUT, bound(k), bound(k + 1)),
            segment(TRAIN, bound(k + 1), count, embargo),
          ].filter(({ split, from, to }) => split === HELD_OUT || to > from),
        ),
      );
    }
  }
}

/**
 * Turns the latest rows of training into validation, from the last stretch backwards where it is too short: what a model is
 * calibrated and its threshold chosen by must be neither what it learned from nor what it is judged by.
 */
function withValidation(share: number, segments: readonly Segment[]): readonly Segment[] {
  const training = segments.reduce((sum, { split, from, to }) => sum + (split === TRAIN ? to - from : 0), 0);
  let wanted = portion(training, share);
  const parts: Segment[] = [];
  for (const part of segments.toReversed()) {
    const taken = part.split === TRAIN ? Math.min(wanted, part.to - part.from) : 0;
    wanted -= taken;
    const cut = part.to - taken;
    if (taken > 0) parts.push(segment(VALIDATION, cut, part.to, Math.max(0, part.embargo - (cut - part.from))));
    if (taken === 0 || cut > part.from) parts.push({ ...part, to: cut });
  }
  return parts.toReversed();
}

/** Whole rows of a share; 0.29 of 100 are 29, although 0.29 * 100 is a little less. */
function portion(count: number, share: number): number {
  return Math.floor(count * share + 1e-9);
}

function segment(split: number, from: number, to: number, embargo = 0): Segment {
  return { split, from, to, embargo };
}
