/** Whatever goes wrong with a live session, by a seed: no trade is missed, none comes twice, no row is changed. */
import { FAULTS } from './faults.ts';
import { chaosTest } from './trial.ts';

chaosTest(Object.keys(FAULTS).length);
