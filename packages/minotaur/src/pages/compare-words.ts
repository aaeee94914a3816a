/** What `compare` found, in words: for the terminal and for the page. */
import { figure, percent } from 'minotaur-core/internal/base/figures';
import type { ComparedColumn, Comparison } from '../compare/table/report.ts';

/** How much was compared, and how much of it is the same. */
export function headWords({ rows, columns, same, alone, differing }: Comparison): string {
  const left = [
    ...(alone.a > 0 ? [`${figure(alone.a)} rows are in A alone`] : []),
    ...(alone.b > 0 ? [`${figure(alone.b)} in B alone`] : []),
  ];
  const differ = differing.length === 0 ? 'none differs' : `${figure(differing.length)} differ`;
  return `${[`${figure(rows)} rows that both have`, ...left].join(', ')}; ${figure(columns)} columns, ${figure(same)} the same, ${differ}`;
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

const shown = (value: number | null): string => (value === null ? 'none' : String(value));

/** Where a column differs first, and by how much. */
export function differenceWords({ rows, share, first, missing, relative, ulps }: ComparedColumn): string {
  const values = `${shown(first.a)} in A, ${shown(first.b)} in B`;
  const holes = (['a', 'b'] as const)
    .filter((side) => missing[side] > 0)
    .map((side) => `${figure(missing[side])} without a value in ${side.toUpperCase()} alone`);
  const size =
    relative > 0
      ? `; by ${relative.toPrecision(2)} of the value at most${ulps <= 1e6 ? ` (${figure(ulps)} units of the last place)` : ''}`
      : '';
  return `${figure(rows)} rows, ${percent(share)}, from ${first.at} on (${values})${size}${holes.length > 0 ? `; ${holes.join(', ')}` : ''}`;
}
