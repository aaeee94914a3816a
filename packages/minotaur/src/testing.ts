/**
 * The laws, for operators and bar kinds of your own, to be called from any test runner:
 *
 *     import { assertOperator } from 'minotaur/testing';
 *     test('up_share keeps the laws', () => assertOperator(upShare));
 */
export { assertBarKind, checkBarKind } from './verify/testing/check-bar-kind.ts';
export type { BarKindCheckOptions } from './verify/testing/check-bar-kind.ts';
export { assertOperator, checkOperator } from './verify/testing/check-operator.ts';
export type { OperatorCheckOptions } from './verify/testing/check-operator.ts';
export type { CheckOptions } from './verify/testing/options.ts';
export type { Failure, LawOutcome, LawReport } from './verify/testing/report.ts';
export type { Wrong } from './verify/testing/law.ts';
export { watchLoading } from './verify/watch/loading.ts';
export type { LoadedInput, Loading } from './verify/watch/loading.ts';
export { barKind, reachSum, restartSum } from 'minotaur-core/internal/bars/kind';
export type { BarKind, ExpectationKind, IntervalKind, ThresholdKind } from 'minotaur-core/internal/bars/kind';
export type { Tape } from 'minotaur-core/internal/trades/tape';
