import { atan } from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/** Slots: the last phase, the average, the following average. */
const PHASE = 0;
const AVERAGE = 1;
const FOLLOWING = 2;

const DEGREES = 45 / atan(1);

const limit = (name: string, usual: number, meaning: string) =>
  ({ name, min: 0.01, max: 0.99, integer: false, default: usual, meaning }) as const;

/**
 * Exponential average whose weight falls with the pace of the cycle, and one that follows it at half that weight. As in
 * TA-Lib both begin at 0. A row with NaN is skipped.
 *
 * Cost: 20 ns a row.
 */
export const mamaAverage = operator({
  name: 'mama_average',
  family: 'overlap',
  version: 1,
  summary: 'Exponential averages with a weight from the phase',
  formula: 'mama += w * (x - mama); fama += w / 2 * (mama - fama) with w = fast / change of phase, at least slow',
  source: 'last step of TA-Lib MAMA',
  inputs: ['x', 'in_phase', 'quadrature'],
  outputs: ['mama', 'fama'],
  params: [limit('fast', 0.5, 'largest weight'), limit('slow', 0.05, 'least weight')],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => 3,
  run: (
    { in: { 0: x, 1: inPhase, 2: quadrature }, out: { 0: mamaOut, 1: famaOut }, params: { 0: fast, 1: slow }, state },
    from,
    to,
  ) => {
    let last = state[PHASE];
    let mama = state[AVERAGE];
    let fama = state[FOLLOWING];
    for (let i = from; i < to; i++) {
      const i1 = inPhase[i];
      const q1 = quadrature[i];
      if (x[i] !== x[i] || i1 !== i1 || q1 !== q1) {
        mamaOut[i] = famaOut[i] = NaN;
        continue;
      }
      const phase = i1 === 0 ? 0 : atan(q1 / i1) * DEGREES;
      const move = last - phase;
      last = phase;
      // The least weight does not hold where the phase moves by a degree or less.
      const weight = move > 1 ? Math.max(fast / move, slow) : fast;
      mama = weight * x[i] + (1 - weight) * mama;
      fama = 0.5 * weight * mama + (1 - 0.5 * weight) * fama;
      mamaOut[i] = mama;
      famaOut[i] = fama;
    }
    state[PHASE] = last;
    state[AVERAGE] = mama;
    state[FOLLOWING] = fama;
  },
});
