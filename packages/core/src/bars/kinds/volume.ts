import { barKind, reachSum, restartSum } from '../kind.ts';

/** A bar per `threshold` base units traded. Source: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.1. */
export const volume = barKind({
  name: 'volume',
  summary: 'Closes with the trade that brings the traded quantity to the threshold',
  source: 'Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.1',
  closes: 'with',
  unit: 'base units traded',
  slots: 2,
  reach: (state, tape, from, to, threshold) => reachSum(state, tape.quantity, from, to, threshold),
  restart: restartSum,
});
