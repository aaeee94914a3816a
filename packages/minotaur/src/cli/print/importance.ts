/** What `importance` says in words. */
import type { FeatureFalls, ImportanceReport } from '../../runs.ts';
import { cost, count } from './figures.ts';

/** Features that are named. */
const NAMED = 20;

const figure = (value: number): string => (Number.isFinite(value) ? value.toFixed(4) : 'none').padStart(9);
const HEAD = ['ROC AUC', 'spread', 'from', 'to', 'log loss'].map((name) => name.padStart(9)).join('');

export function importanceTable(report: ImportanceReport): string {
  const { on, rows, of, independent, block, repeats, rocAuc, families, features, ablation, warnings } = report;
  const all = [...families, ...features, ...(ablation ?? [])];
  const wide = Math.max(...all.map(({ name }) => name.length)) + 2;
  const table = (title: string, list: readonly FeatureFalls[]): string[] => [
    '',
    `${title.padEnd(wide)}${HEAD}`,
    ...list.slice(0, NAMED).map((one) => lineOf(one, wide)),
    ...(list.length > NAMED ? [`and ${list.length - NAMED} more: --json, --out`] : []),
  ];
  return [
    `${count(rows)} of ${count(of)} ${on} rows, ${count(independent)} independent labels; ROC AUC ${rocAuc.toFixed(4)}`,
    `how far the ROC AUC falls and the log loss rises where blocks of ${count(block)} rows change places, mean of ${repeats}; from and to hold 95 %`,
    ...table('family', families),
    ...(features.length > 0 ? table('feature', features) : []),
    ...(ablation === undefined ? [] : table('trained without', ablation)),
    ...(warnings.length > 0 ? ['', ...warnings.map((warning) => `warning   ${warning}`)] : []),
    cost(report),
  ].join('\n');
}

const lineOf = ({ name, rocAuc, logLoss }: FeatureFalls, wide: number): string =>
  name.padEnd(wide) + [rocAuc.mean, rocAuc.spread, ...rocAuc.interval, logLoss.mean].map(figure).join('');
