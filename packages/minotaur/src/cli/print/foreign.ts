/** What foreign code was found to be. */
import { oneLine } from 'minotaur-core/internal/base/printable';
import type { ForeignColumnReport, ForeignReport } from '../../runs.ts';
import { count } from './figures.ts';
import { entry } from './lines.ts';

/** Verdicts, the worst first, and what each is called. */
const ORDER = ['future', 'edge', 'unstable', 'untested', 'label', 'clean'] as const;
const WORDS: Readonly<Record<(typeof ORDER)[number], string>> = {
  future: 'FUTURE',
  edge: 'EDGE',
  unstable: 'UNSTABLE',
  untested: 'untested',
  label: 'label',
  clean: 'clean',
};
/** Clean columns whose warm-up is printed. */
const PRINTED = 60;

export function foreignLines(report: ForeignReport): string {
  const { name, ran, input, columns, findings } = report;
  return [
    `${oneLine(name)} on ${count(input.rows)} rows of ${oneLine(input.file)}`,
    ...ran.flatMap(([term, text]) => entry(term, text)),
    ...leftOutLines(input.leftOut),
    '',
    ...ORDER.flatMap((verdict) => columnLines(columns.filter((column) => column.verdict === verdict))),
    ...catalogueLines(report),
    ...liveLines(report),
    ...(findings.length === 0 ? [] : ['']),
    ...findings.flatMap((finding) => entry(finding.fails ? finding.name.toUpperCase() : finding.name, finding.text)),
    '',
    closing(report),
  ].join('\n');
}

/** Columns of the file that the code was not given. */
function leftOutLines(names: readonly string[]): string[] {
  return names.length === 0 ? [] : entry('not given', `${names.join(', ')}: no value that can be read`);
}

function columnLines(columns: readonly ForeignColumnReport[]): string[] {
  if (columns.length === 0) return [];
  const isClean = columns[0].verdict === 'clean';
  const lines = columns.slice(0, isClean ? PRINTED : undefined).flatMap((column) => {
    const { name, verdict, text, notes } = column;
    const said = isClean ? '' : `: ${text}`;
    const after = startWords(column);
    return entry(WORDS[verdict], [`${name}${said}`, ...(after === '' ? [] : [after]), ...notes].join('; '));
  });
  return columns.length > PRINTED && isClean
    ? [...lines, ...entry('', `and ${columns.length - PRINTED} more that are clean`)]
    : lines;
}

/** The warm-up in a phrase. */
function startWords({ start, verdict }: ForeignColumnReport): string {
  if (start === null || verdict === 'future' || verdict === 'unstable') return '';
  const { percent, millionth, bits } = start;
  if (percent === null) return 'depends on where the table starts, and never stops to';
  if (millionth === null) return `start shows by 1 % for ${count(percent)} rows, by a millionth to the end`;
  if (millionth === 0 && bits === 0) return 'needs no row before its own';
  return `warm-up ${count(millionth)} rows to a millionth${bits === null ? '' : `, ${count(bits)} to the bit`}`;
}

/** What columns are in the catalogue: first those that fail, for which it is the cure. */
function catalogueLines({ columns, recognised }: ForeignReport): string[] {
  if (recognised.length === 0) return [];
  const failing = new Set(columns.flatMap(({ name, fails }) => (fails ? [name] : [])));
  const [cures, others] = [true, false].map((fails) => recognised.filter(({ name }) => failing.has(name) === fails));
  const more = others.length - PRINTED;
  return [
    '',
    ...cures.flatMap(({ name, text }) => entry('CURE', `${name}: ${text}`)),
    ...others.slice(0, PRINTED).flatMap(({ name, text }) => entry('ours', `${name}: ${text}`)),
    ...(more > 0 ? entry('', `and ${count(more)} more`) : []),
  ];
}

function liveLines({ live }: ForeignReport): string[] {
  if (live === null) return [];
  const lines = live.columns.flatMap(({ name, compared, differ, rounded, first }) => {
    const same = `${name}: live and batch agree in ${count(compared)} rows${rounded > 0 ? `, in ${count(rounded)} but for rounding` : ''}`;
    if (compared === 0) return entry('LIVE', `${name}: live and batch have no row in common`);
    if (first === null) return entry('live', same);
    const where = `first in row ${count(first.row + 1)}: ${first.batch} in batch, ${first.live} live`;
    return entry('LIVE', `${name}: differs in ${count(differ)} of ${count(compared)} rows, ${where}`);
  });
  const lonely = [
    ...(live.onlyBatch.length > 0 ? entry('live', `only in batch: ${live.onlyBatch.join(', ')}`) : []),
    ...(live.onlyLive.length > 0 ? entry('live', `only live: ${live.onlyLive.join(', ')}`) : []),
  ];
  const none = live.columns.length === 0 ? entry('LIVE', 'live and batch have no column in common') : [];
  return ['', ...none, ...lines, ...lonely];
}

/** What it comes to. */
function closing({ columns, runs, seconds, runSeconds, holds, answered }: ForeignReport): string {
  const counts = ORDER.flatMap((verdict) => {
    const many = columns.filter((column) => column.verdict === verdict).length;
    return many === 0 ? [] : [`${many} ${WORDS[verdict].toLowerCase()}`];
  });
  const comesTo = !holds ? 'It does not hold' : answered ? 'Nothing fails' : 'Nothing could be tested';
  const took = `${runs} runs in ${seconds.toFixed(1)} s, one of which takes ${runSeconds.toFixed(2)} s`;
  return `${columns.length} columns: ${counts.join(', ')}. ${comesTo}. ${took}.`;
}
