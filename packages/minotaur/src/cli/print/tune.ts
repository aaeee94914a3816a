/** What `tune` says in words: the best trial, beside what it is worth when so many were tried. */
import { NO_SCORE } from '../../runs/learning/warnings.ts';
import type { TuneReport } from '../../runs.ts';
import { count } from './figures.ts';
import { INDENT } from './learning.ts';

/** What is asked of a deflated Sharpe ratio. */
const ENOUGH = 0.95;

export function tuneSummary(report: TuneReport): string {
  const { model, study, trials, tried, running, elsewhere, best, test, out, seconds } = report;
  const of = (state: string): number => trials.filter((trial) => trial.state === state).length;
  const lines = [
    `tune      ${model}: ${count(tried)} trials tried, ${of('COMPLETE')} complete, ${of('PRUNED')} pruned; ${of('FAIL')} failed`,
    `${INDENT}study ${study.name} in ${study.storage}`,
    ...trials
      .filter(({ state }) => state === 'FAIL')
      .slice(0, 3)
      .map(({ number }) => `${INDENT}trial ${number} failed`),
  ];
  if (running > 0)
    return [
      ...lines,
      `${INDENT}${running} still run elsewhere: whoever ends last exports the winner`,
      ...elsewhere.map(
        ({ number, host, pid }) =>
          `${INDENT}trial ${number} was begun by process ${pid} of ${host}; if that is gone: optuna tell --storage sqlite:///${study.storage} --study-name ${study.name} --trial-number ${number} --state fail, then --resume`,
      ),
      took(seconds),
    ].join('\n');
  if (best === undefined) return [...lines, `${INDENT}none ran to its end: no winner`, took(seconds)].join('\n');
  return [...lines, ...bestLines(best, tried), ...testLines(test, out), took(seconds)].join('\n');
}

const took = (seconds: number): string => `${INDENT}${seconds.toFixed(1)} s`;

function bestLines(best: NonNullable<TuneReport['best']>, tried: number): string[] {
  const { number, value, folds, parameters, sharpe, overfitting, directory } = best;
  const chosen = Object.entries(parameters).map(
    ([name, one]) => `${name} ${typeof one === 'number' ? Number(one.toPrecision(5)) : String(one)}`,
  );
  return [
    `best      trial ${number}: ROC AUC ${value.toFixed(4)}, mean of ${folds.map((one) => one.toFixed(3)).join(', ')} -> ${directory}`,
    `${INDENT}${chosen.join(', ')}`,
    `${INDENT}deflated Sharpe ratio${sharpeWords(sharpe, tried)}`,
    overfitting === null
      ? `${INDENT}probability of overfitting: cannot be told of so few trials or rows`
      : `${INDENT}probability of overfitting ${overfitting.probability.toFixed(3)}: so often the best in one half of the time is among the worse half in the other (0.5: as by chance)`,
  ];
}

function sharpeWords(sharpe: NonNullable<TuneReport['best']>['sharpe'], tried: number): string {
  if (sharpe === null) return ': cannot be told of fewer than two complete trials';
  const enough = sharpe.deflated >= ENOUGH ? 'more than' : 'no more than';
  return ` ${sharpe.deflated.toFixed(3)}: its trades gained ${enough} the best of ${count(tried)} trials would by chance (0.95 is asked)`;
}

const ORDINALS = ['first', 'second', 'third'];

/** How often the test has been looked at. */
function lookWords(number: number): string {
  if (number === 1) return 'the first look at these test rows';
  const which = ORDINALS[number - 1] ?? `${number}th`;
  return `the ${which} look at these test rows: they have been chosen by, and the verdict is worth less than it says`;
}

function testLines(test: TuneReport['test'], out: string): string[] {
  if (test === undefined) return [];
  const { look, evaluation } = test;
  return [
    `test      ${evaluation.verdict?.text ?? NO_SCORE}`,
    ...(evaluation.loss === undefined ? [] : [INDENT + evaluation.loss]),
    `${INDENT}${lookWords(look.number)}`,
    `${INDENT}the winner, refitted on all rows before the test -> ${out}`,
  ];
}
