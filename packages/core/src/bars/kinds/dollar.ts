import { barKind, reachSum, restartSum } from '../kind.ts';

/** A bar per `threshold` quote units traded. Source: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.1. */
export const dollar = barKind({
  name: 'dollar',
  summary: 'Closes with the trade that brings the traded value to the threshold',
  source: 'Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.1',
  closes: 'with',
  unit: 'quote units traded',
  slots: 2,
  reach: (state, tape, from, to, threshold) => reachSum(state, tape.dollars, from, to, threshold),
  restart: restartSum,
});
