/** Times in whole seconds of trades whose venue streams microseconds. */
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { compareIds, ID_WORDS } from 'minotaur-core/internal/trades/id';
import type { SourceBlock } from './source-block.ts';

/**
 * Gives each trade with a coarse time the place that its id gives it: where the trade before it, of a lower id, came later
 * in the same second, it stands at that trade's time. It is called for one block after the other, across files.
 */
export function createCoarseSettler(): (part: Pick<SourceBlock, 'block' | 'coarse'>) => void {
  let time = NaN;
  const id = new Uint32Array(ID_WORDS);
  return ({ block, coarse = [] }) => {
    for (const i of coarse) {
      const before = i === 0 ? time : block.time[i - 1];
      const isNext = i === 0 ? compareIds(block.id, 0, id, 0) > 0 : compareIds(block.id, i, block.id, i - 1) > 0;
      const early = before - block.time[i];
      if (isNext && early > 0 && early < MICROS_PER_SECOND) block.time[i] = before;
    }
    const last = block.length - 1;
    if (last < 0) return;
    time = block.time[last];
    id.set(block.id.subarray(ID_WORDS * last, ID_WORDS * (last + 1)));
  };
}
