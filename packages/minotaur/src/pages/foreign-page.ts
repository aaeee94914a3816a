/** The page of `verify --foreign`. */
import { count, duration } from 'minotaur-core/internal/base/figures';
import { oneLine } from 'minotaur-core/internal/base/printable';
import { renderForeignPage, type BannerProps, type ForeignColumnProps, type ForeignProps } from '#view';
import type { ColumnReport } from '../foreign/verdicts/column.ts';
import type { LiveVerdict } from '../foreign/verdicts/live.ts';
import type { ForeignReport } from '../runs/verification/foreign.ts';

/** One HTML file: the verdict on every column, its warm-up, and what ran. */
export function foreignPage(report: ForeignReport): string {
  const { name, input, ran, columns, findings, recognised, runs, seconds } = report;
  const failing = columns.filter(({ fails }) => fails);
  return renderForeignPage({
    lead: `${oneLine(name)}, on ${oneLine(input.file)}`,
    banner: bannerOf(report),
    tiles: [
      [count(columns.length), columns.length === 1 ? 'column' : 'columns'],
      [count(failing.length), failing.length === 1 ? 'that fails' : 'that fail'],
      [count(input.rows), 'rows'],
      [count(runs), `runs, ${duration(seconds)}`],
    ],
    columns: columns.map(columnOf),
    findings: findings.map(({ name: about, text, fails }) => ({
      kind: fails ? 'wrong' : 'note',
      name: about,
      text: oneLine(text),
      places: [],
      mend: '',
    })),
    catalogue: recognised.map(({ name: column, expression, text }) => [
      oneLine(column),
      oneLine(expression ?? ''),
      oneLine(text),
    ]),
    live: report.live === null ? undefined : liveOf(report.live),
    facts: [...ran, ['was given', input.columns.join(', ')] as const].map(
      ([term, text]) => [term, oneLine(text)] as const,
    ),
  });
}

function liveOf({ columns, onlyBatch, onlyLive }: LiveVerdict): ForeignProps['live'] {
  const only = (where: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [oneLine(`Only ${where}: ${names.join(', ')}.`)];
  return {
    rows: columns.map(({ name, compared, differ, first }) => [
      oneLine(name),
      compared === 0 ? 'none in common' : count(compared),
      count(differ),
      first === null ? '' : `row ${count(first.row + 1)}: ${first.batch} in batch, ${first.live} live`,
    ]),
    notes: [
      ...(columns.length === 0 ? ['Live and batch have no column in common: nothing was compared.'] : []),
      ...only('in batch', onlyBatch),
      ...only('live', onlyLive),
    ],
  };
}

function bannerOf({ holds, answered, columns, findings }: ForeignReport): BannerProps {
  const future = columns.filter(({ verdict }) => verdict === 'future').length;
  const others = columns.filter(({ verdict, fails }) => fails && verdict !== 'future').length;
  if (!answered)
    return { kind: 'neutral', word: 'Not answered', text: 'No column holds anything by which it could be told.' };
  if (holds)
    return {
      kind: 'good',
      word: 'Nothing found',
      text: `${columns.length === 1 ? 'The column' : `All ${columns.length} columns`} stood every experiment; what those can find is said below.`,
    };
  const parts = [
    ...(future > 0 ? [`${future} of ${columns.length} columns read the future`] : []),
    ...(others > 0 ? [`${others} are late or differ from run to run`] : []),
    ...(findings.some(({ fails }) => fails) ? ['rows come late or go away'] : []),
  ];
  return { kind: 'bad', word: 'It does not hold', text: `${parts.join('; ') || 'Live is not what batch is'}.` };
}

/** Verdicts, the worst first. */
const ORDER = ['future', 'edge', 'unstable', 'untested', 'label', 'clean'];

function columnOf({ name, verdict, fails, text, start, missing, window, notes }: ColumnReport): ForeignColumnProps {
  return {
    name: oneLine(name),
    verdict,
    rank: ORDER.indexOf(verdict),
    fails,
    text: oneLine([text, ...notes].join('; ')),
    warmup: start === null ? [] : [start.percent, start.millionth, start.billionth, start.bits].map(rows),
    missing: missing === null ? '' : missing.isPoisoned ? 'none to the end' : rows(missing.rows),
    window: window === null ? '' : `${window.differ} of ${window.of}`,
  };
}

const rows = (value: number | null): string => (value === null ? 'never' : count(value));
