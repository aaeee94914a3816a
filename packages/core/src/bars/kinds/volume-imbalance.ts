import { barKind } from '../kind.ts';

/** A bar per stretch of unexpected imbalance, in base units; formula in expectation.ts. Source: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.2. */
export const volumeImbalance = barKind({
  name: 'volumeImbalance',
  summary: 'Closes with the trade that brings the bought base units further from the sold than was expected',
  source: 'Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.2',
  closes: 'beyond expectation',
  flow: 'volume',
  measure: 'imbalance',
});
