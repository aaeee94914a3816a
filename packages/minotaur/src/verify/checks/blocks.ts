/**
 * L1, block invariance: a block is a matter of transport, and means nothing.
 *
 * A violation: a value depends on where a file, a page of an exchange or a buffer happened to end. Usual causes: a mean of the
 * block, a state that is set up anew for each file, an index counted from the beginning of what was handed in.
 *
 * Compared: the events in large blocks and in cuts at random, which favour what breaks (single events, a few, long runs): every
 * bar, feature and row, and the final state.
 *
 * Not found: a dependence that only cuts would show which chance did not draw; another seed draws others.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Check } from '../harness/check.ts';
import { lockstep } from '../harness/lockstep.ts';

/** L1: any way of cutting the input into blocks gives the same bits. */
export const blocks: Check = {
  name: 'blocks',
  law: 'L1: any way of cutting the input into blocks gives the same bits',
  run(context) {
    const random = mulberry32(context.seed);
    return lockstep(this, context, {
      side: 'historical',
      doing: 'cuts',
      drive({ engine }, stretch) {
        let cuts = 0;
        for (let i = 0; i < stretch.length; cuts++) {
          const to = Math.min(stretch.length, i + cutSize(random, stretch.length));
          stretch.push(engine, i, to);
          i = to;
        }
        return cuts;
      },
    });
  },
};

/** Cuts that favour what breaks: single events, a few, and long runs, as long as the stretch has them. */
function cutSize(random: () => number, length: number): number {
  const choice = random();
  if (choice < 0.3) return 1;
  if (choice < 0.6) return 2 + Math.floor(random() * 8);
  return 10 + Math.floor(random() * Math.min(3000, length / 2));
}
