/** The page of `compare`. */
import { percent } from 'minotaur-core/internal/base/figures';
import { oneLine } from 'minotaur-core/internal/base/printable';
import { count, renderComparePage, type ComparedProps, type Tile } from '#view';
import { timeWords } from '../compare/keys/matched.ts';
import type { ComparedColumn, Comparison } from '../compare/table/report.ts';
import { causeWords, cellWords, differenceWords, headWords, many } from './compare-words.ts';

/** Columns that are drawn; the others are in the table. */
const DRAWN = 40;

/** One HTML file: how far two tables agree, where their columns part, and why. */
export function comparePage(report: Comparison): string {
  const { a, b, equal, differing, findings, onlyA, onlyB } = report;
  const side = ({ name, what, rows, columns, key }: typeof a): string =>
    oneLine(
      `${name}: ${what}, ${many(rows, 'row')} of ${many(columns, 'column')}, matched by ${key ?? 'their number'}`,
    );
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
    [count(rows), `${rows === 1 ? 'row' : 'rows'} that both have`],
    [`${count(same)} of ${count(columns)}`, 'columns the same'],
    [count(differing.length), differing.length === 1 ? 'column differs' : 'columns differ'],
    [`${count(explained)} of ${count(differing.length)}`, 'of them explained'],
  ];
}

function columnProps(column: ComparedColumn, { isTime }: Comparison, isDrawn: boolean): ComparedProps {
  const { name, nameInB, causes, by, share, first, around, firstAround, course } = column;
  const key = (value: number): string => (isTime ? timeWords(value).replace('T', ' ') : String(value));
  return {
    name: oneLine(name === nameInB ? name : `${name} (${nameInB} in B)`),
    kind: by,
    cause: causes.map(({ cause }) => cause).join(', then '),
    why: oneLine(causeWords(column)),
    where: oneLine(differenceWords(column)),
    first: first.at,
    share: percent(share),
    relative: column.kind === 'number' ? column.relative.toPrecision(2) : '',
    around: around
      .map((row, i) => ({
        key: key(row.key),
        a: cellWords(column, 'a', row.a),
        b: cellWords(column, 'b', row.b),
        isFirst: i === firstAround,
      }))
      .slice(Math.max(0, firstAround - 4), firstAround + 5),
    drawn: isDrawn ? { course, a: pointsOf(column, 'a'), b: pointsOf(column, 'b') } : undefined,
  };
}

/** Numbers around the first difference, by rows from it; words and times are not drawn. */
function pointsOf({ kind, around, firstAround }: ComparedColumn, side: 'a' | 'b'): (readonly [number, number])[] {
  if (kind !== 'number') return [];
  return around.flatMap((row, i) =>
    Number.isFinite(row[side]) ? [[i - firstAround, row[side] as number] as const] : [],
  );
}
