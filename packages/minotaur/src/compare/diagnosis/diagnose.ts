/** Why two columns differ: the cheapest explanation, then two at once, then what their differences look like. */
import { alike } from '../hypotheses/alike.ts';
import { episodes } from '../hypotheses/episodes.ts';
import { HYPOTHESES } from '../hypotheses/list.ts';
import { noise } from '../hypotheses/noise.ts';
import { seed } from '../hypotheses/seed.ts';
import { singleRows } from '../hypotheses/single-rows.ts';
import { stretch } from '../hypotheses/stretch.ts';
import { sums } from '../hypotheses/sums.ts';
import { isNear, pairOf, type Explanation, type Pair } from '../measures/pair.ts';
import type { Pattern, Rows, Told } from '../measures/pattern.ts';
import { holding, scoreOf } from '../measures/score.ts';
import { storageOf } from './storage.ts';
import { viewOf } from './view.ts';

/** Why a column differs. */
export interface Diagnosis {
  /** One cause, or several that act one after the other on A. */
  readonly causes: readonly Told[];
  /** What explains it as well. */
  readonly or: readonly Told[];
  /** `values`: B was computed from A by it; `pattern`: told by where they differ; `none`: nothing explains it. */
  readonly by: 'values' | 'pattern' | 'none';
}

/** Rows that single explanations are tried on, and pairs of them. */
const SINGLE = [4096, 4] as const;
const DOUBLE = [1024, 3] as const;
const PATTERNS: readonly Pattern[] = [noise, sums, seed, episodes, singleRows];
/** Of all rows: the first part of a column that has to be the same for its rest to be asked by itself. */
const SAME_PART = 0.05;
const FEWEST_ROWS = 60;

const told = ({ cause, text }: Told): Told => ({ cause, text });
const proposals = (pair: Pair): Explanation[] => HYPOTHESES.flatMap((hypothesis) => hypothesis(pair));

/** Why the two columns of `pair`, which are not the same, differ. */
export function diagnose(pair: Pair, rows: Rows): Diagnosis {
  const { a, b, scale } = pair;
  if (a.every((x, i) => isNear(x, b[i], scale))) {
    const kept = storageOf(pair) ?? noise(pair, rows);
    if (kept !== undefined) return { causes: [kept], or: [], by: 'values' };
  }
  return byValues(pair) ?? fromRowOn(pair, rows) ?? byPattern(pair, rows) ?? byRest(pair, rows);
}

function byRest(pair: Pair, rows: Rows): Diagnosis {
  const found = stretch(pair, rows);
  if (found !== undefined) return { causes: [found], or: [], by: 'pattern' };
  return { causes: [alike(viewOf(pair, 4096, 1))], or: [], by: 'none' };
}

/** One explanation, or two, that computes B. */
function byValues(pair: Pair): Diagnosis | undefined {
  const view = viewOf(pair, ...SINGLE);
  const among = proposals(view);
  const single = confirmed(pair, view, holding(view, among));
  const pairs = single === undefined || single.last.cost > 1.55 ? twoAtOnce(pair) : undefined;
  const found = single ?? pairs;
  if (found === undefined) return undefined;
  const best = pairs !== undefined && pairs.cost < found.cost ? pairs : found;
  const kept = storageOf({ a: best.predicted, b: pair.b, scale: pair.scale });
  const causes = [...best.causes, ...(kept === undefined || best.causes.some(({ cause }) => cause === kept.cause) ? [] : [kept])];
  return { causes, or: best.or, by: 'values' };
}

interface Found {
  readonly causes: readonly Told[];
  readonly or: readonly Told[];
  readonly cost: number;
  readonly last: Explanation;
  readonly predicted: Float64Array;
}

/** The first of `holds` that holds in all rows too, and what explains as much at nearly the same cost. */
function confirmed(pair: Pair, view: Pair, holds: readonly Explanation[]): Found | undefined {
  for (const explanation of holds) {
    const predicted = explanation.predict(pair.a, pair.b);
    if (!scoreOf(pair, predicted).holds) continue;
    const share = scoreOf(view, explanation.predict(view.a, view.b)).ofDifferent;
    const or = holds
      .filter(({ cause, cost }) => cause !== explanation.cause && cost < explanation.cost + 0.35)
      .filter(({ predict }) => scoreOf(view, predict(view.a, view.b)).ofDifferent >= share)
      .map(told);
    return { causes: [told(explanation)], or, cost: explanation.cost, last: explanation, predicted };
  }
  return undefined;
}

/** Two explanations, the second of what the first has left. */
function twoAtOnce(pair: Pair): Found | undefined {
  const view = viewOf(pair, ...DOUBLE);
  const found: (readonly [first: Explanation, second: Explanation])[] = [];
  for (const first of proposals(view)) {
    if (!first.canLead) continue;
    const between = first.predict(view.a, view.b);
    if (between.every((x) => x !== x)) continue;
    const rest = pairOf(between, view.b);
    for (const second of proposals(rest)) {
      if (second.cause === first.cause) continue;
      const predicted = second.predict(between, view.b);
      // Each has to explain something by itself: of all rows, and of those that the other has left.
      if (scoreOf(view, predicted).holds && scoreOf({ ...rest, scale: view.scale }, predicted).holds) found.push([first, second]);
    }
  }
  found.sort((x, y) => x[0].cost + x[1].cost - y[0].cost - y[1].cost);
  for (const [first, second] of found.slice(0, 8)) {
    const predicted = second.predict(first.predict(pair.a, pair.b), pair.b);
    if (!scoreOf(pair, predicted).holds) continue;
    return { causes: [told(first), told(second)], or: [], cost: first.cost + second.cost, last: second, predicted };
  }
  return undefined;
}

/** The same up to some row, and explained from there on. */
function fromRowOn(pair: Pair, rows: Rows): Diagnosis | undefined {
  const { a, b, scale } = pair;
  const first = a.findIndex((x, i) => !isNear(x, b[i], scale));
  if (first < SAME_PART * a.length || a.length - first < FEWEST_ROWS) return undefined;
  const rest = byValues({ a: a.subarray(first), b: b.subarray(first), scale });
  if (rest === undefined) return undefined;
  const since = { cause: 'from a row on', text: `the same up to ${rows.name(first)}, and from there on:` };
  return { ...rest, causes: [since, ...rest.causes] };
}

/** Where they differ says it: as they are, or of what an explanation has left of the difference. */
function byPattern(pair: Pair, rows: Rows): Diagnosis | undefined {
  for (const pattern of PATTERNS) {
    const found = pattern(pair, rows);
    if (found !== undefined) return { causes: [found], or: [], by: 'pattern' };
  }
  const view = viewOf(pair, ...DOUBLE);
  for (const first of proposals(view).toSorted((x, y) => x.cost - y.cost)) {
    if (!first.canLead || first.cause === 'changes' || first.cause === 'function') continue;
    const between = first.predict(pair.a, pair.b);
    const rest = { a: between, b: pair.b, scale: pairOf(between, pair.b).scale };
    const isRight = between.reduce((many, x, i) => many + (isNear(x, pair.b[i], rest.scale) ? 1 : 0), 0);
    if (isRight < 0.3 * between.length) continue;
    for (const pattern of [seed, episodes, singleRows]) {
      const found = pattern(rest, rows);
      if (found !== undefined) return { causes: [told(first), found], or: [], by: 'pattern' };
    }
  }
  return undefined;
}
