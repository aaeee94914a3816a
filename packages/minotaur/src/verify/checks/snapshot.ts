/**
 * L2, snapshots: the state is all there is.
 *
 * A violation: a session that was restored goes on with other values than one that was never stopped. Usual causes: a variable
 * beside the state, a half-built bar that is left out, a cache that survives.
 *
 * Compared: a run in large blocks, and one that at random events saves itself, is driven elsewhere with other events and is put
 * back: every bar, feature and row, and the final state.
 *
 * Not found: what is kept in the process and would have to come from the file: `fresh-process` looks for that.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Check } from '../harness/check.ts';
import { lockstep } from '../harness/lockstep.ts';

/** Events between one snapshot and the next, at most; and events elsewhere. */
const APART = 900;
const ELSEWHERE = 50;

/** L2: a snapshot at any event goes on with the same bits. */
export const snapshot: Check = {
  name: 'snapshot',
  law: 'L2: a snapshot at any event, inside half-built bars too, goes on with the same bits',
  run(context) {
    const random = mulberry32(context.seed + 1);
    return lockstep(this, context, {
      side: 'historical',
      doing: 'restores',
      drive(traced, stretch) {
        const { engine } = traced;
        let restores = 0;
        for (let i = 0; i < stretch.length; restores++) {
          const to = Math.min(stretch.length, i + 1 + Math.floor(random() * Math.min(APART, stretch.length / 3)));
          stretch.push(engine, i, to);
          const bytes = traced.save();
          // What was not in the snapshot has to come from somewhere else: drive the engine elsewhere before it goes back.
          traced.muted = true;
          const end = Math.min(stretch.length, to + ELSEWHERE);
          stretch.garble(to, end, restores).push(engine, to, end);
          engine.restore(bytes);
          traced.muted = false;
          i = to;
        }
        return restores;
      },
    });
  },
};
