import { barKind } from '../kind.ts';

/** A bar per run of unexpected one-sided flow, in quote units; formula in expectation.ts. Source: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.4. */
export const dollarRun = barKind({
  name: 'dollarRun',
  summary: 'Closes with the trade that brings the bought or the sold quote units beyond what was expected',
  source: 'Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.4',
  closes: 'beyond expectation',
  flow: 'dollars',
  measure: 'run',
});
