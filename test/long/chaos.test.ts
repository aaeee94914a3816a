/** Two hundred faults by a seed. */
import { chaosTest } from '../chaos/trial.ts';

chaosTest(200);
