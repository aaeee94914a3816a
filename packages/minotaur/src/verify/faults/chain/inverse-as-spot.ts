import { planOf } from 'minotaur-core/internal/config/engine';
import { enginesOf } from '../../harness/sides.ts';
import { fault } from '../fault.ts';

/** The quantity of an inverse contract, which is quote units, is counted as base units. */
export const inverseAsSpot = fault({
  name: 'inverse-as-spot',
  imitates: 'amount in USD taken for BTC: 30,000 USD become 810 million',
  plant: (sound) => {
    const plan = planOf({ ...sound, instruments: { INVERSE: { contract: 'inverse', size: 10 } } });
    const spot = enginesOf(planOf({ ...sound, instruments: { INVERSE: {} } }));
    const faulty: typeof spot = (sinks) => ({ ...spot(sinks), plan });
    return { plan, sides: { historical: faulty, live: faulty } };
  },
});
