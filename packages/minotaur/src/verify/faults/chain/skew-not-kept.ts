import { planOf } from 'minotaur-core/internal/config/engine';
import { enginesOf } from '../../harness/sides.ts';
import { fault } from '../fault.ts';

/** A feed may run ahead of the others as far as it likes: what waits grows without end. */
export const skewNotKept = fault({
  name: 'skew-not-kept',
  imitates: 'a limit that is in the configuration and nowhere else',
  several: true,
  plant(sound) {
    const engines = enginesOf(planOf({ ...sound, skew: '1h' }));
    return { sides: { historical: engines, live: engines } };
  },
});
