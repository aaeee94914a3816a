/** The laws over every operator that a configuration brings along: the run of `minotaur check`, from options to a report. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Operator } from 'minotaur-core/internal/features/contract/operator';
import type { Loading } from '../watch/loading.ts';
import { checkOperator } from './check-operator.ts';
import type { LawReport } from './report.ts';

export interface CheckConfigOptions {
  /** Of the configuration, in its order. */
  readonly operators: readonly Operator[];
  /** What its module asked while it loaded, where it was watched. */
  readonly loading?: Loading;
  /** Samples per law; default as for a single operator. */
  readonly samples?: number;
  readonly seed?: number;
  /** Told of each operator when it has been tried. */
  readonly onOperator?: (report: LawReport) => void;
}

export interface ConfigReport extends Partial<Loading> {
  readonly holds: boolean;
  readonly operators: readonly LawReport[];
}

/**
 * Tries every law on every operator of a configuration.
 * @throws MinotaurError where it has none
 */
export function checkConfig({ operators, loading, onOperator, ...generated }: CheckConfigOptions): ConfigReport {
  if (operators.length === 0) fail('config', 'operators', 'a module with operators of its own', 'none');
  const reports = operators.map((op) => {
    const report = checkOperator(op, { ...generated, operators });
    onOperator?.(report);
    return report;
  });
  return { holds: reports.every(({ holds }) => holds), operators: reports, ...loading };
}
