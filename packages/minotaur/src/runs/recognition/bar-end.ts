/** Which end of a bar the times of a table give, where bars open and close at all of them: told by values. */
import { recognise } from '../../recognise/recognise.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import type { JoinedTable } from './joined.ts';

/** Columns that are asked. */
const MOST_COLUMNS = 8;

/** The end at which more columns are expressions of their own bar: at the wrong one they are a bar late, or early. */
export async function settleEnd(joined: readonly JoinedTable[], run: RunOptions): Promise<JoinedTable> {
  if (joined.length === 1) return joined[0];
  const course = createCourse(run, { step: 'ends of bars', unit: 'expressions' });
  const told: { readonly one: JoinedTable; readonly own: number }[] = [];
  for (const one of joined) {
    const { names, read } = one.columns;
    const step = Math.max(1, names.length / MOST_COLUMNS);
    const some = names.filter((_, k) => Math.floor(k / step) !== Math.floor((k - 1) / step));
    const found = await recognise(
      one.bars,
      { names: some, read },
      { step: NaN, isAbsent: one.isAbsent, onPart: (more) => course.add(more) },
    );
    const own = found.filter(({ made }) => made?.form === 'same' && !made.expression.startsWith('lag(')).length;
    told.push({ one, own });
  }
  return told.toSorted((x, y) => y.own - x.own)[0].one;
}
