/** What `compare` says in words. */
import { figure, percent } from 'minotaur-core/internal/base/figures';
import { causeWords, differenceWords, headWords, many } from '../../pages/compare-words.ts';
import type { CompareReport, CompareSelfTestReport } from '../../runs.ts';
import { entry } from './lines.ts';

/** Columns that are printed. */
const PRINTED = 20;

export function compareLines(report: CompareReport): string {
  const { a, b, findings, differing, onlyA, onlyB, seconds } = report;
  const side = ({ name, what, rows, columns }: typeof a): string =>
    `${name}: ${what}, ${many(rows, 'row')} of ${many(columns, 'column')}`;
  const only = (names: readonly string[]): string => {
    // pandas writes its index without a name.
    const some = names.slice(0, 8).map((name) => (name === '' ? "''" : name));
    return some.join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
  };
  const shown = differing.slice(0, PRINTED);
  return [
    ...entry('A', side(a)),
    ...entry('B', side(b)),
    ...entry('compared', headWords(report)),
    ...(onlyA.length > 0 ? entry('only in A', only(onlyA)) : []),
    ...(onlyB.length > 0 ? entry('only in B', only(onlyB)) : []),
    ...findings.flatMap(({ name, text, or }) => entry(name, [text, ...or.map((other) => `or ${other}`)].join('; '))),
    ...shown.flatMap((column) => [
      '',
      column.name === column.nameInB ? column.name : `${column.name} (${column.nameInB} in B)`,
      ...entry('  why', causeWords(column)),
      ...entry('  where', differenceWords(column)),
    ]),
    ...(differing.length > PRINTED
      ? ['', `... and ${many(differing.length - PRINTED, 'column')} more; --json and --report have all`]
      : []),
    '',
    `${report.equal ? 'Equal.' : 'Not equal.'} (${seconds.toFixed(1)} s)`,
  ].join('\n');
}

export function selfTestLines({ kinds, single, pairs, clean, missed, seconds }: CompareSelfTestReport): string {
  const of = ({ named, planted }: typeof single): string =>
    `${figure(named)} of ${figure(planted)} named (${percent(named / Math.max(1, planted))})`;
  return [
    `${kinds} kinds of cause`,
    `alone:    ${of(single)}`,
    `in pairs: ${of(pairs)}`,
    `columns without a cause: ${figure(clean.alarms)} of ${figure(clean.columns)} said to differ`,
    ...missed.map(
      ({ planted, where, found }) => `missed: ${planted.join(' + ')} in ${where}; named: ${found.join(', ') || 'none'}`,
    ),
    `(${seconds.toFixed(1)} s)`,
  ].join('\n');
}
