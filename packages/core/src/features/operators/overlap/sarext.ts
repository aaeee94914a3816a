import { composite } from '../../contract/operator.ts';

const LARGEST = Number.MAX_VALUE;
const parameter = (name: string, usual: number, meaning: string, min = 0) =>
  ({ name, min, max: LARGEST, integer: false, default: usual, meaning }) as const;

/** The parameters of `parabolic_stop`, as they are given here. */
const PARAMETERS = 'start, offset, init_long, step_long, max_long, init_short, step_short, max_short';

/**
 * Parabolic stop and reverse with all that can be chosen about it; negative while the trade is short. A step above its
 * maximum is taken for the maximum.
 *
 * Cost: that of `parabolic_stop`, shared, and 2 ns.
 */
export const sarext = composite({
  name: 'sarext',
  family: 'overlap',
  version: 1,
  summary: 'Parabolic stop and reverse, extended; negative while short',
  formula: 'side * stop with stop[i+1] = stop[i] + acceleration * (extreme - stop[i])',
  source: 'TA-Lib SAREXT',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [
    parameter('start', 0, 'first stop: long above 0, short at its size below 0, by the first two bars at 0', -LARGEST),
    parameter('offset', 0, 'part of itself by which a stop that changes sides moves away'),
    parameter('init_long', 0.02, 'first acceleration of a long trade'),
    parameter('step_long', 0.02, 'acceleration that each new high adds'),
    parameter('max_long', 0.2, 'largest acceleration of a long trade'),
    parameter('init_short', 0.02, 'first acceleration of a short trade'),
    parameter('step_short', 0.02, 'acceleration that each new low adds'),
    parameter('max_short', 0.2, 'largest acceleration of a short trade'),
  ],
  lookback: () => 1,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  expand: [`parabolic_stop(high, low, ${PARAMETERS}).side * parabolic_stop(high, low, ${PARAMETERS}).stop`],
});
