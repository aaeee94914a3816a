/**
 * The laws of operators, for one of your own: every law on generated parameters, columns and blocks. A plain function, to be
 * called from any test runner.
 */
import { listOf, optionsOf, requireKind, thing } from 'minotaur-core/internal/base/options';
import { catalogue, withOperators } from 'minotaur-core/internal/features/catalogue';
import type { Catalogue } from 'minotaur-core/internal/features/contract/graph';
import type { Operator } from 'minotaur-core/internal/features/contract/operator';
import { createSubjects, type Subject } from './drive.ts';
import { LAWS } from './operator-laws/index.ts';
import { lawsNamed, SEED, type CheckOptions, CHECK } from './options.ts';
import { parameterSets } from './params.ts';
import { describeReport, type LawReport } from './report.ts';
import { createSample, simplerThan, type Sample } from './samples.ts';
import { tryLaw, type Trial } from './try-law.ts';

/** What may be said about the check of an operator; none of it has to be. */
export interface OperatorCheckOptions extends CheckOptions {
  /** Your other operators, where this one is made of some of them. */
  readonly operators?: readonly Operator[];
}

const OPERATOR = optionsOf<OperatorCheckOptions>({}, { ...CHECK, operators: listOf(thing<Operator>('an operator')) });

const SAMPLES = 40;

/**
 * Tries every law on an operator and says which hold. What is generated is in the report.
 * @throws MinotaurError where it cannot be tried: its name is taken, a part of it is not known, or it accepts no parameters that
 * were found
 */
export function checkOperator(op: Operator, options: OperatorCheckOptions = {}): LawReport {
  requireKind('checkOperator', OPERATOR, options);
  const { operators = [], samples = SAMPLES, seed = SEED } = options;
  const known = catalogueWith(op, operators);
  const sets = parameterSets(op, seed);
  const trial: Trial<Subject, Sample> = {
    subjects: createSubjects(op, sets, known),
    parametersOf: ({ params }) => params,
    create: createSample,
    simpler: simplerThan,
    seed,
    samples,
  };
  const laws = lawsNamed(options.laws, LAWS).map((law) => tryLaw(law, trial));
  return { name: op.name, holds: laws.every(({ failure }) => failure === null), parameters: sets, laws };
}

/**
 * Tries every law on an operator and throws where one does not hold: the message says law, parameters, row, what was expected
 * and what was found; `cause` is the report.
 */
export function assertOperator(op: Operator, options: OperatorCheckOptions = {}): void {
  requireKind('assertOperator', OPERATOR, options);
  const report = checkOperator(op, options);
  if (!report.holds) throw new Error(describeReport(report), { cause: report });
}

function catalogueWith(op: Operator, operators: readonly Operator[]): Catalogue {
  const all = new Set([...operators, op]);
  return withOperators([...all].filter((one) => catalogue.get(one.name) !== one));
}
