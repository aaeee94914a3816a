/**
 * The first promise: history and live give the same bits.
 *
 * A violation: a feature that the model was trained on has another value, if only in its last bit, when the same trades come
 * one at a time. Usual causes: a row that looks at the rest of its block, an aggregation that a library does over the whole
 * column, a live adapter that rounds.
 *
 * Compared: the historical build, stretch by stretch, and a live replay, one event at a time: every bar, feature and row, and
 * the final state.
 *
 * Not found: what is wrong in the same way on both sides (`lookahead`, `conservation` and `readiness` look for that).
 */
import type { Check } from '../harness/check.ts';
import { lockstep } from '../harness/lockstep.ts';

/** History and a live replay, one event at a time, give the same bits. */
export const parity: Check = {
  name: 'parity',
  law: 'the historical build and the live replay, one event at a time, give the same bits',
  run(context) {
    return lockstep(this, context, {
      side: 'live',
      doing: 'pushes',
      drive({ engine }, stretch) {
        for (let i = 0; i < stretch.length; i++) stretch.pushOne(engine, i);
        return stretch.length;
      },
    });
  },
};
