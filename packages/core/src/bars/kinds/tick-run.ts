import { barKind } from '../kind.ts';

/** A bar per run of unexpected one-sided flow, in number of trades; formula in expectation.ts. Source: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.3. */
export const tickRun = barKind({
  name: 'tickRun',
  summary: 'Closes with the trade that brings the bought or the sold number of trades beyond what was expected',
  source: 'Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.2.3',
  closes: 'beyond expectation',
  flow: 'ticks',
  measure: 'run',
});
