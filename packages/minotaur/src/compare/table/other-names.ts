/** Columns of B that are another column of A: exchanged, or called otherwise. */
import type { Finding } from '../keys/key-findings.ts';
import { isNear, pairOf } from '../measures/pair.ts';
import type { Values } from './values.ts';
import type { MatchedColumns } from './columns.ts';
import type { ComparedColumn } from './report.ts';
import type { Samples } from './samples.ts';

/** Of the rows that have to be equal. */
const EQUAL = 0.97;

export interface Renaming {
  readonly findings: readonly Finding[];
  readonly differing: readonly ComparedColumn[];
}

export async function underOtherNames(
  values: Values,
  samples: Samples,
  differing: readonly ComparedColumn[],
  { onlyA, onlyB }: MatchedColumns,
): Promise<Renaming> {
  if (onlyA.length > 0 && onlyB.length > 0) {
    for (const name of onlyA) samples.add('a', name, await values.ofA(name));
    for (const name of onlyB) samples.add('b', name, await values.ofB(name));
  }
  const isAll = async (nameA: string, nameB: string): Promise<boolean> => {
    const [x, y] = [await values.ofA(nameA), await values.ofB(nameB)];
    const { scale } = pairOf(x, y);
    let equal = 0;
    for (let i = 0; i < x.length; i++) if (isNear(x[i], y[i], scale)) equal++;
    return equal >= EQUAL * x.length;
  };
  const findings: Finding[] = [];
  for (const name of onlyB)
    for (const other of samples.like(name))
      if (onlyA.includes(other) && (await isAll(other, name))) {
        const text = `${name}, which B alone has, is ${other} of A: --map ${other}=${name}`;
        findings.push({ name: 'renamed', text, or: [] });
      }
  const columns: ComparedColumn[] = [];
  for (const column of differing) {
    const other = samples.like(column.nameInB).find((name) => name !== column.name);
    if (other === undefined || !(await isAll(other, column.nameInB))) columns.push(column);
    else columns.push(exchanged(column, other));
  }
  return { findings, differing: columns };
}

/** Where B is A by something else as well, both are named. */
function exchanged(column: ComparedColumn, other: string): ComparedColumn {
  const swap = { cause: 'swapped', text: `B's ${column.nameInB} is A's ${other}` };
  const isExplained = column.by === 'values' && column.causes.length === 1;
  if (isExplained) return { ...column, or: [...column.or, swap] };
  return { ...column, causes: [swap], or: [], by: 'values' };
}
