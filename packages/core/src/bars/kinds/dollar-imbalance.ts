import { barKind } from '../kind.ts';

/** A bar per stretch of unexpected imbalance, in quote units; formula in expectation.ts. Source: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.2. */
export const dollarImbalance = barKind({
  name: 'dollarImbalance',
  summary: 'Closes with the trade that brings the bought quote units further from the sold than was expected',
  source: 'Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.2',
  closes: 'beyond expectation',
  flow: 'dollars',
  measure: 'imbalance',
});
