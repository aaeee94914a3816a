import { barKind } from '../kind.ts';

/** A bar per stretch of unexpected imbalance, in number of trades; formula in expectation.ts. Source: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.1. */
export const tickImbalance = barKind({
  name: 'tickImbalance',
  summary: 'Closes with the trade that brings the bought number of trades further from the sold than was expected',
  source: 'Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.1',
  closes: 'beyond expectation',
  flow: 'ticks',
  measure: 'imbalance',
});
