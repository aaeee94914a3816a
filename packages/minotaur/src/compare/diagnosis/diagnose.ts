/** Why two columns differ: the cheapest explanation, then two at once, then what their differences look like. */
import { alike, empty } from '../hypotheses/alike.ts';
import { disturbed } from '../hypotheses/disturbed.ts';
import { episodes } from '../hypotheses/episodes.ts';
import { noise } from '../hypotheses/noise.ts';
import { seed } from '../hypotheses/seed.ts';
import { singleRows } from '../hypotheses/single-rows.ts';
import { stretch } from '../hypotheses/stretch.ts';
import { sums } from '../hypotheses/sums.ts';
import { isNear, pairOf, type Explanation, type Pair } from '../measures/pair.ts';
import type { Pattern, Rows, Told } from '../measures/pattern.ts';
import { confirmed, oneOrTwo, proposals, type Found } from './explained.ts';
import { storageOf } from './storage.ts';
import { DOUBLE, viewOf } from './view.ts';

/** Why a column differs. */
export interface Diagnosis {
  /** One cause, or several that act one after the other on A. */
  readonly causes: readonly Told[];
  /** What explains it as well. */
  readonly or: readonly Told[];
  /** `values`: B was computed from A by it; `pattern`: told by where they differ; `none`: nothing explains it. */
  readonly by: 'values' | 'pattern' | 'none';
}

const PATTERNS: readonly Pattern[] = [noise, sums, episodes, stretch, seed, singleRows, disturbed];
/** Those that are looked for in what an explanation has left. */
const LEFT: readonly Pattern[] = [singleRows, seed, episodes];
const HOLES: ReadonlySet<string> = new Set([
  'NaN as a constant',
  'a constant as NaN',
  'forward fill',
  'backward fill',
  'interpolation',
]);
/** Of all rows: the first part of a column that has to be the same for its rest to be asked by itself. */
const SAME_PART = 0.05;
const FEWEST_ROWS = 60;
/** Of all rows: what an explanation has to predict for its rest to be looked at. */
const LEAST_RIGHT = 0.3;

/** Why the two columns of `pair`, which are not the same, differ. */
export function diagnose(pair: Pair, rows: Rows): Diagnosis {
  const { a, b, scale } = pair;
  const nothing = empty(pair);
  if (nothing !== undefined) return { causes: [nothing], or: [], by: 'pattern' };
  if (a.every((x, i) => isNear(x, b[i], scale))) {
    const kept = storageOf(pair) ?? noise(pair, rows);
    if (kept !== undefined) return { causes: [kept], or: [], by: 'values' };
  }
  return byValues(pair, rows) ?? fromRowOn(pair, rows) ?? byPattern(pair, rows) ?? unexplained(pair);
}

const unexplained = (pair: Pair): Diagnosis => ({ causes: [alike(viewOf(pair, 4096, 1))], or: [], by: 'none' });

/** One explanation, or two, that computes B; and what is left then. */
function byValues(pair: Pair, rows: Rows): Diagnosis | undefined {
  const found = oneOrTwo(pair);
  if (found === undefined) return undefined;
  const causes = [...found.causes];
  const add = (left: Told | undefined): void => {
    if (left !== undefined && causes.every(({ cause }) => cause !== left.cause)) causes.push(left);
  };
  add(storageOf({ a: found.predicted, b: pair.b, scale: pair.scale }));
  if (found.wrong > 0) for (const cause of leftOf(pair, found, rows)) add(cause);
  return { causes, or: found.or, by: 'values' };
}

/** What explains the rows that an explanation does not. */
function leftOf({ b, scale }: Pair, { predicted, lacks: [head, tail] }: Found, rows: Rows): readonly Told[] {
  const known = predicted.map((p, i) => (i < head || i >= b.length - tail ? b[i] : p));
  const rest = { a: known, b, scale };
  const view = viewOf(rest, ...DOUBLE);
  const second = confirmed(rest, view, proposals(view));
  if (second !== undefined) return [...second.causes, ...second.or];
  const single = singleRows(rest, rows);
  return single === undefined ? [] : [single];
}

/** The same up to some row, and explained from there on. */
function fromRowOn(pair: Pair, rows: Rows): Diagnosis | undefined {
  const { a, b, scale } = pair;
  const first = a.findIndex((x, i) => !isNear(x, b[i], scale));
  if (first < SAME_PART * a.length || a.length - first < FEWEST_ROWS) return undefined;
  const rest = byValues({ a: a.subarray(first), b: b.subarray(first), scale }, rows);
  if (rest === undefined) return undefined;
  const since = { cause: 'from a row on', text: `the same up to ${rows.name(first)}, and from there on:` };
  return { ...rest, causes: [since, ...rest.causes] };
}

/** Where they differ says it: as they are, or of what an explanation has left of the difference. */
function byPattern(pair: Pair, rows: Rows): Diagnosis | undefined {
  const view = viewOf(pair, ...DOUBLE);
  const leading = proposals(view)
    .filter(({ canLead }) => canLead)
    .toSorted((x, y) => x.cost - y.cost);
  // Where one side alone has values, that is a cause by itself, whatever the others do.
  const holes = leading.filter(({ cause }) => HOLES.has(cause));
  const direct = (): Diagnosis | undefined => {
    const found = PATTERNS.map((pattern) => pattern(pair, rows)).find((told) => told !== undefined);
    return found && { causes: [found], or: [], by: 'pattern' };
  };
  const isRight = ({ predict }: Explanation): boolean => {
    const between = predict(view.a, view.b);
    const rest = pairOf(between, view.b);
    const right = between.reduce((many, x, i) => many + (isNear(x, view.b[i], rest.scale) ? 1 : 0), 0);
    return right >= LEAST_RIGHT * between.length;
  };
  return behind(pair, rows, holes) ?? direct() ?? behind(pair, rows, leading.filter(isRight));
}

/** A pattern in what one of `among` leaves. */
function behind(pair: Pair, rows: Rows, among: readonly Explanation[]): Diagnosis | undefined {
  for (const { cause, text, predict } of among) {
    const between = predict(pair.a, pair.b);
    const rest = pairOf(between, pair.b);
    const found = LEFT.map((pattern) => pattern(rest, rows)).find((told) => told !== undefined);
    if (found !== undefined) return { causes: [{ cause, text }, found], or: [], by: 'pattern' };
  }
  return undefined;
}
