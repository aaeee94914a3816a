/** How far a column looks ahead, and at what: by bisection of the row from which the future is another one. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { garble } from '../table/garble.ts';
import { rolesOf } from '../table/roles.ts';
import { withValues, type ForeignTable } from '../table/table.ts';
import { timesIn } from '../table/times.ts';
import { isFailed } from '../target/target.ts';
import { distance } from './compare.ts';
import type { Hit } from './evidence.ts';
import type { Lab } from './lab.ts';
import { toleranceOf } from './measure.ts';
import type { Observations } from './observe.ts';

/** What was found of one column, and of all that changed in the same rows. */
export interface Trace {
  /** Rows from the one that reads to the last one that it reads. */
  readonly rows: number;
  /** Whether that is the end of the table. */
  readonly isWhole: boolean;
  /** Columns of the input that it reads there; empty where only several together change it. */
  readonly inputs: readonly string[];
}

/** The hit that can be traced: of a future of the same length, the row that is furthest from it. */
export function traceable(hits: readonly Hit[]): Hit | undefined {
  const kinds = ['garble', 'early', 'hostile'];
  return hits
    .filter(({ done }) => kinds.includes(done.experiment.kind) && done.experiment.future !== undefined)
    .toSorted(
      (a, b) =>
        kinds.indexOf(a.done.experiment.kind) - kinds.indexOf(b.done.experiment.kind) ||
        b.difference.reach - a.difference.reach,
    )[0];
}

/** Traces a column. Undefined where the budget ends before. */
export async function trace(
  lab: Lab,
  { whole, reference, ranges }: Observations,
  seed: number,
  name: string,
  hit: Hit,
): Promise<Trace | undefined> {
  const { at, future = 'plain' } = hit.done.experiment;
  const row = hit.difference.first;
  const before = (reference.columns.get(name) as Float64Array)[row];
  const other = garble(whole, at, future, mulberry32(seed + at));
  const tolerance = toleranceOf(hit.done.experiment);
  const isChanged = async (table: ForeignTable): Promise<boolean | undefined> => {
    const answer = await lab.run(() => table);
    if (answer === undefined || isFailed(answer)) return undefined;
    const matched = reference.match(answer, table);
    const place = matched === undefined ? -1 : matched.at[row];
    const value = place < 0 ? NaN : (answer.columns.get(name)?.[place] ?? NaN);
    return distance(before, value, ranges.get(name) ?? 1) > tolerance;
  };
  // By times: a part of what happens at one is no market.
  const { firsts } = timesIn(whole);
  let [low, high] = [firsts.indexOf(at), firsts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const changed = await isChanged(mixed(whole, other, firsts[middle]));
    if (changed === undefined) return undefined;
    if (changed) low = middle;
    else high = middle;
  }
  const from = firsts[low];
  const inputs = await readInputs(whole, other, isChanged);
  return {
    rows: from - reference.known[row],
    isWhole: isFar(from - reference.known[row], whole.rows - reference.known[row]),
    inputs,
  };
}

/** To more than half of what is left of the table: a statistic of all of it need not change with every row. */
const isFar = (rows: number, left: number): boolean => rows > 100 && rows > 0.5 * left;

/** The table with another's values from row `from` on. */
function mixed(whole: ForeignTable, other: ForeignTable, from: number): ForeignTable {
  const values = whole.columns.map(({ name, values: own }, k) => {
    const out = own.slice();
    out.set(other.columns[k].values.subarray(from), from);
    return [name, out] as const;
  });
  return withValues(whole, new Map(values));
}

/** The columns of the input each of which alone makes the difference. */
async function readInputs(
  whole: ForeignTable,
  other: ForeignTable,
  isChanged: (table: ForeignTable) => Promise<boolean | undefined>,
): Promise<string[]> {
  const roles = rolesOf(whole);
  const names = whole.columns.map(({ name }) => name).filter((name) => roles.get(name) !== 'kept');
  const changed = await Promise.all(
    names.map((name) => {
      const { values } = other.columns.find((column) => column.name === name) as ForeignTable['columns'][number];
      return isChanged(withValues(whole, new Map([[name, values]])));
    }),
  );
  return names.filter((_, k) => changed[k] === true);
}

/** Columns that changed in the same rows of the same experiments: one of them tells of all. */
export function signatureOf(hits: readonly Hit[]): string {
  return hits
    .map(
      ({ done: { experiment }, difference }) =>
        `${experiment.kind} ${experiment.at} ${difference.reach} ${difference.rows}`,
    )
    .join(';');
}
