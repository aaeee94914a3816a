/** What `compare` found, in words: for the terminal and for the page. */
import { duration, figure, percent } from 'minotaur-core/internal/base/figures';
import { oneLine } from 'minotaur-core/internal/base/printable';
import { timeWords } from '../compare/keys/matched.ts';
import type { ComparedCell, ComparedColumn, Comparison } from '../compare/table/report.ts';

/** `1 row`, `2,000 rows`. */
export const many = (value: number, word: string): string => `${figure(value)} ${word}${value === 1 ? '' : 's'}`;

/** How much was compared, and how much of it is the same. */
export function headWords({ rows, columns, same, alone, differing }: Comparison): string {
  const left = [
    ...(alone.a > 0 ? [`${many(alone.a, 'row')} in A alone`] : []),
    ...(alone.b > 0 ? [`${many(alone.b, 'row')} in B alone`] : []),
  ];
  const differ = differing.length === 0 ? 'none differs' : `${figure(differing.length)} not`;
  return `${[`${many(rows, 'row')} that both have`, ...left].join(', ')}; ${many(columns, 'column')}, ${figure(same)} the same, ${differ}`;
}

/** Why a column differs. */
export function causeWords({ causes, or, by }: ComparedColumn): string {
  const all = causes
    .map(({ text }) => text)
    .join('; then ')
    .replace(':; then ', ': ');
  const others = or.map(({ text }) => `; or ${text}`).join('');
  return by === 'none' ? `not explained: ${all}` : `${all}${others}`;
}

/** A value of a column on one side; of none, `none`. */
export function cellWords({ kinds }: ComparedColumn, side: 'a' | 'b', value: ComparedCell): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return oneLine(value);
  return kinds[side] === 'time' ? timeWords(value) : String(value);
}

/** Where a column differs first, and by how much. */
export function differenceWords(column: ComparedColumn): string {
  const { kinds, rows, share, first, missing, absolute, relative, ulps } = column;
  const values = `${cellWords(column, 'a', first.a)} in A, ${cellWords(column, 'b', first.b)} in B`;
  const holes = (['a', 'b'] as const)
    .filter((side) => missing[side] > 0)
    .map((side) => `${figure(missing[side])} without a value in ${side.toUpperCase()} alone`);
  const size =
    kinds.a === 'time' && kinds.b === 'time' && absolute > 0
      ? `; by ${duration(absolute / 1e6)} at most`
      : relative > 0
        ? `; by ${relative.toPrecision(2)} of the value at most${ulps <= 1e6 ? ` (${many(ulps, 'unit')} of the last place)` : ''}`
        : '';
  return `${many(rows, 'row')}, ${percent(share)}, from ${first.at} on (${values})${size}${holes.length > 0 ? `; ${holes.join(', ')}` : ''}`;
}
