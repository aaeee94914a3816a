/** The page of `compare`. */
import { percent } from 'minotaur-core/internal/base/figures';
import { oneLine } from 'minotaur-core/internal/base/printable';
import { formatTime } from 'minotaur-core/internal/base/time';
import { count, renderComparePage, type ComparedProps, type Tile } from '#view';
import type { ComparedColumn, Comparison } from '../compare/table/report.ts';
import { causeWords, differenceWords, headWords } from './compare-words.ts';

/** Columns that are drawn; the others are in the table. */
const DRAWN = 40;

/** One HTML file: how far two tables agree, where their columns part, and why. */
export function comparePage(report: Comparison): string {
  const { a, b, equal, differing, findings, onlyA, onlyB } = report;
  const side = ({ name, what, rows, columns, key }: typeof a): string =>
    oneLine(`${name}: ${what}, ${count(rows)} rows of ${count(columns)} columns, matched by ${key ?? 'their number'}`);
  const only = (names: readonly string[]): string => oneLine(names.join(', ') || 'none');
  return renderComparePage({
    lead: oneLine(`${a.name} against ${b.name}`),
    banner: equal
      ? { kind: 'good', word: 'Equal', text: `${headWords(report)}.` }
      : { kind: 'bad', word: 'Not equal', text: `${headWords(report)}.` },
    tiles: tilesOf(report),
    findings: findings.map(({ name, text, or }) => ({ name, text: oneLine(text), or: or.map(oneLine) })),
    facts: [
      ['A', side(a)],
      ['B', side(b)],
      ['only in A', only(onlyA)],
      ['only in B', only(onlyB)],
    ],
    columns: differing.map((column, i) => columnProps(column, report, i < DRAWN)),
  });
}

function tilesOf({ rows, columns, same, differing }: Comparison): Tile[] {
  const explained = differing.filter(({ by }) => by !== 'none').length;
  return [
    [count(rows), 'rows that both have'],
    [`${count(same)} of ${count(columns)}`, 'columns are the same'],
    [count(differing.length), 'columns differ'],
    [`${count(explained)} of ${count(differing.length)}`, 'of them explained'],
  ];
}

function columnProps(column: ComparedColumn, { isTime }: Comparison, isDrawn: boolean): ComparedProps {
  const { name, nameInB, causes, by, share, first, around, firstAround, course } = column;
  const key = (value: number): string => (isTime ? formatTime(value).slice(0, 23).replace('T', ' ') : String(value));
  const shown = (value: number | null): string => (value === null ? 'none' : String(value));
  return {
    name: oneLine(name === nameInB ? name : `${name} (${nameInB} in B)`),
    kind: by,
    cause: causes.map(({ cause }) => cause).join(', then '),
    why: oneLine(causeWords(column)),
    where: oneLine(differenceWords(column)),
    first: first.at,
    share: percent(share),
    relative: column.relative.toPrecision(2),
    around: around
      .map((row, i) => ({ key: key(row.key), a: shown(row.a), b: shown(row.b), isFirst: i === firstAround }))
      .slice(Math.max(0, firstAround - 4), firstAround + 5),
    drawn: isDrawn ? { course, a: pointsOf(column, 'a'), b: pointsOf(column, 'b') } : undefined,
  };
}

/** Values around the first difference, by rows from it. */
function pointsOf({ around, firstAround }: ComparedColumn, side: 'a' | 'b'): (readonly [number, number])[] {
  return around.flatMap((row, i) => (row[side] === null ? [] : [[i - firstAround, row[side]] as const]));
}
