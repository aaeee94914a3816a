/** Puts the part of a row that one instrument has together with what other instruments bring to it. */
import { canonicalise, wordsOf } from '../base/canonical.ts';
import { MICROS_PER_SECOND } from '../base/time.ts';
import { createRowBlock, ROW_BLOCK, type AlignedSink } from './align.ts';
import type { JoinedClock, LaneView } from './joined-lane.ts';
import type { News } from './news.ts';

/** What is known of a row before it is joined. */
export interface OwnPart {
  readonly time: number;
  readonly ready: number;
  readonly complete: number;
  /** As of {@link AlignedRows}. */
  readonly holeEnd: number;
  /** As of {@link AlignedRows}. */
  readonly era: number;
  /** Its values: from `at` on. */
  readonly values: Float64Array;
  readonly at: number;
}

export interface JoinedRows {
  /** Joins a row; those before it have been. */
  add(part: OwnPart): void;
  /** Hands on what has been joined. */
  flush(): void;
}

export interface JoinedRowsOptions {
  readonly views: readonly LaneView[];
  /** Where the driving instrument's parts stand in a row: place and length, in order. */
  readonly own: readonly { readonly at: number; readonly length: number }[];
  readonly width: number;
  /** Values that are added to a row behind it. */
  readonly room: number;
  readonly sink: AlignedSink;
}

export function createJoinedRows({ views, own, width, room, sink }: JoinedRowsOptions): JoinedRows {
  const block = createRowBlock(width + room);
  /** The newest row; only what changes is written anew. */
  const latest = new Float64Array(width);
  const words = wordsOf(latest);

  /** Brings the part of a clock up to date; whether it is warm. */
  function bring(news: News, { at, features, warmup, maxAge }: JoinedClock, time: number): boolean {
    const end = at + features.length;
    const age = time - news.available;
    if (age > maxAge) latest.fill(NaN, at, end);
    else if (news.isNew) {
      news.read(latest, at);
      canonicalise(latest, words, at, end);
    }
    latest[end] = age / MICROS_PER_SECOND;
    canonicalise(latest, words, end, end + 1);
    // Before the first bar the ordinal is NaN, which is not enough either.
    return news.ordinal + 1 >= warmup;
  }

  function flush(): void {
    if (block.count > 0) sink(block);
    block.count = 0;
  }

  return {
    flush,
    add({ time, ready, complete, holeEnd, era, values, at }) {
      for (const segment of own) for (let k = 0; k < segment.length; k++) latest[segment.at + k] = values[at++];
      const r = block.count++;
      block.time[r] = time;
      block.ready[r] = ready;
      block.complete[r] = complete;
      block.holeEnd[r] = holeEnd;
      block.era[r] = era;
      for (const view of views) {
        view.see(time);
        block.era[r] += view.eras;
        if (!view.isSettled(time) || !view.isComplete()) block.complete[r] = 0;
        const { clocks } = view.lane;
        for (let c = 0; c < clocks.length; c++) if (!bring(view.news[c], clocks[c], time)) block.ready[r] = 0;
      }
      block.values.set(latest, r * (width + room));
      if (block.count === ROW_BLOCK) flush();
    },
  };
}
