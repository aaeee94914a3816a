/**
 * Which columns a model gets. Learned on the transformed training sample, as a pure function of it, and frozen with
 * the artefact: live selects by name and never looks at values.
 *
 * In this order: names, constant columns, correlated pairs, variance inflation. Each rule sees what the ones before it kept.
 */
import { fail } from '../base/errors.ts';
import { columnMatchers } from '../base/glob.ts';
import { correlationMatrix } from './correlation.ts';
import { dropInflated } from './inflation.ts';

export interface SelectionRules {
  /** Patterns of names: a column that matches none is dropped. */
  readonly include: readonly string[];
  /** Patterns of names that are dropped. */
  readonly exclude: readonly string[];
  /** Whether columns of a single value are dropped. */
  readonly constant: boolean;
  /** The later column of a pair with |Pearson's r| above this is dropped; null: none is. */
  readonly correlation: number | null;
  /** Columns are dropped until no variance inflation factor is above this; null: none is. */
  readonly inflation: number | null;
}

interface DroppedColumn {
  readonly name: string;
  readonly reason: string;
}

export interface Selection {
  /** In the order given. */
  readonly kept: readonly string[];
  /** In the order given. */
  readonly dropped: readonly DroppedColumn[];
}

function requireSample(names: readonly string[], sample: readonly Float64Array[]): void {
  if (sample.length !== names.length) fail('internal', 'selection', `${names.length} columns`, `${sample.length}`);
  const rows = sample[0]?.length ?? 0;
  sample.forEach((column, c) => {
    if (column.length !== rows) fail('internal', `selection, ${names[c]}`, `${rows} rows`, `${column.length}`);
    const at = column.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) fail('input', `selection, ${names[c]}, row ${at}`, 'a finite value', `${column[at]}`);
  });
}

const isConstant = (column: Float64Array): boolean => column.every((value) => value === column[0]);

/**
 * Chooses columns by `rules`.
 * @param sample column by column, transformed training rows, all finite; one column a name
 * @throws {MinotaurError} where a pattern matches no column, a value is not finite, or no column is left
 */
export function selectColumns(
  names: readonly string[],
  sample: readonly Float64Array[],
  rules: SelectionRules,
): Selection {
  requireSample(names, sample);
  const reasons = new Map<number, string>();
  const left = (): number[] => [...names.keys()].filter((c) => !reasons.has(c));
  const included = columnMatchers(rules.include, names, 'selection.include');
  const excluded = columnMatchers(rules.exclude, names, 'selection.exclude');
  names.forEach((name, c) => {
    if (!included.some((matches) => matches(name))) reasons.set(c, 'not included');
    else if (excluded.some((matches) => matches(name))) reasons.set(c, 'excluded');
  });
  const constant = new Set(left().filter((c) => isConstant(sample[c])));
  if (rules.constant) for (const c of constant) reasons.set(c, `constant: ${sample[c][0] ?? 'no rows'}`);
  if (rules.correlation !== null || rules.inflation !== null) {
    const varying = left().filter((c) => !constant.has(c));
    const r = correlationMatrix(varying.map((c) => sample[c]));
    const kept = rules.correlation === null ? varying : dropCorrelated(names, varying, r, rules.correlation, reasons);
    if (rules.inflation !== null) {
      const part = kept.map((c) => varying.indexOf(c));
      const inner = part.map((i) => Float64Array.from(part, (j) => r[i][j]));
      for (const [i, vif] of dropInflated(inner, rules.inflation)) {
        const found = vif === Infinity ? 'infinite: collinear with others' : vif.toPrecision(6);
        reasons.set(kept[i], `variance inflation ${found}, above ${rules.inflation}`);
      }
    }
  }
  const kept = left().map((c) => names[c]);
  if (kept.length === 0) fail('input', 'selection', 'at least one column to keep', `none of ${names.length}`);
  const dropped = names.flatMap((name, c) => (reasons.has(c) ? [{ name, reason: reasons.get(c) as string }] : []));
  return { kept, dropped };
}

/** Drops each column that correlates with an earlier one that is kept; returns the kept. */
function dropCorrelated(
  names: readonly string[],
  columns: readonly number[],
  r: readonly Float64Array[],
  limit: number,
  reasons: Map<number, string>,
): number[] {
  const kept: number[] = [];
  columns.forEach((column, j) => {
    const i = kept.find((k) => Math.abs(r[j][k]) > limit);
    if (i === undefined) kept.push(j);
    else reasons.set(column, `correlation ${r[j][i].toPrecision(6)} with ${names[columns[i]]}, above ${limit}`);
  });
  return kept.map((j) => columns[j]);
}
