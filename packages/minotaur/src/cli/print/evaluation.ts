/** What `evaluate` says in words: every score beside what it is worth. */
import { NO_SCORE, NOT_IN_RETURNS } from '../../runs/learning/warnings.ts';
import type { Evidence } from 'minotaur-core/internal/model/evaluation/evidence';
import type { EvaluateReport, MeasuredSplit } from '../../runs.ts';
import { count } from './figures.ts';
import { eachInstrument, INDENT } from './learning.ts';

const FIGURES = ['rocAuc', 'prAuc', 'brier', 'logLoss', 'f1', 'precision', 'recall'] as const;

const cell = (value: number): string => (Number.isFinite(value) ? value.toFixed(4) : 'none').padStart(10);
const line = (name: string, cells: readonly string[]): string => `${name.padEnd(12)}${cells.join('')}`;

export function evaluateTable({ threshold, costs, splits, verdict, loss, warnings }: EvaluateReport): string {
  return [
    line(
      'split',
      FIGURES.map((name) => name.padStart(10)),
    ),
    ...splits.flatMap(splitLines),
    `threshold ${threshold.toPrecision(6)}; intervals hold 95 %, from blocks of rows drawn again`,
    '',
    ...tradingLines(splits, costs),
    '',
    ...calibrationLines(splits),
    '',
    ...warnings.map((warning) => `warning   ${warning}`),
    `test      ${verdict?.text ?? NO_SCORE}`,
    ...(loss === undefined ? [] : [INDENT + loss]),
  ].join('\n');
}

function splitLines(split: MeasuredSplit): string[] {
  const { name, rows, symbols, independent, evidence } = split;
  const labels = `${count(rows)} rows, ${count(independent.labels)} independent labels (uniqueness ${independent.uniqueness.toFixed(3)})`;
  const own = [
    line(
      name,
      FIGURES.map((figure) => cell(split[figure])),
    ),
    ...eachInstrument(symbols, (n) => `${count(n)} rows`),
  ];
  if (evidence === undefined) return [...own, `${INDENT}${labels}; learned from these: no evidence`];
  const { intervals, chance, verdict } = evidence;
  const end = (k: 0 | 1): string[] => FIGURES.map((figure) => cell(intervals[figure][k]));
  return [
    ...own,
    line('  from', end(0)),
    line('  to', end(1)),
    `${INDENT}${labels}; chance reaches ROC AUC ${chance.reaches.toFixed(3)}`,
    `${INDENT}${verdict.text}${name === 'validation' ? '; calibration, threshold and where training ended were chosen by these rows' : ''}`,
  ];
}

const percent = (share: number, digits = 3): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : 'none';

const rangeOf = ([from, to]: readonly [number, number]): string =>
  Number.isFinite(from) ? `${percent(from)} to ${percent(to)}` : 'too few for an interval';

type Trades = Evidence['trading'];

const meanTrade = (t: Trades, costs: number): string =>
  `${percent(t.gross)} (${rangeOf(t.grossInterval)}) before costs${costs > 0 ? `, ${percent(t.net)} after` : ''}`;

/** Splits that have evidence. */
const judgedOf = (splits: readonly MeasuredSplit[]) =>
  splits.flatMap(({ name, brier, evidence }) => (evidence === undefined ? [] : [{ name, brier, evidence }]));

/** How far the probabilities are to be taken at their word. */
function calibrationLines(splits: readonly MeasuredSplit[]): string[] {
  const figure = (value: number): string => value.toFixed(4);
  return judgedOf(splits).flatMap(({ name, brier, evidence: { calibration } }) => {
    const { before, after } = calibration;
    const { reliability, resolution, uncertainty, within } = after.brier;
    return [
      `${name.padEnd(12)}calibration error ${figure(before.error)} before calibration, ${figure(after.error)} after; true probabilities reach ${figure(after.reaches)}`,
      `${INDENT}  Brier ${figure(brier)} = reliability ${figure(reliability)} - resolution ${figure(resolution)} + uncertainty ${figure(uncertainty)} + within bins ${figure(within)}`,
    ];
  });
}

function tradingLines(splits: readonly MeasuredSplit[], costs: number): string[] {
  const paid =
    costs > 0 ? `costs of ${percent(costs)} a round trip` : 'no costs, which no venue offers: --costs 0.0008';
  return [
    `trades from the threshold on, one position at a time; ${paid}`,
    ...judgedOf(splits).flatMap(({ name, evidence: { trading: t, late } }) => [
      `${name.padEnd(12)}${count(t.trades)} trades of ${count(t.signals)} signals, ${t.perDay.toFixed(1)} a day, ${percent(t.inMarket, 0)} of the time in the market`,
      `${INDENT}  a trade ${meanTrade(t, costs)}; ${percent(t.hitRate, 0)} gain`,
      `${INDENT}  in all ${percent(t.total)}${costs > 0 ? '' : ' before costs'}, at worst ${percent(t.drawdown)} below its top; bought and held ${percent(t.hold)}`,
      `${INDENT}  acted on a row late: ${count(late.trades)} trades, a trade ${meanTrade(late, costs)}; in all ${percent(late.total)}`,
    ]),
    `${INDENT}${NOT_IN_RETURNS}`,
  ];
}
