/** Explanations that compute B from A: one, or two of which the second acts on what the first gives. */
import { HYPOTHESES } from '../hypotheses/list.ts';
import { pairOf, type Explanation, type Lacks, type Pair } from '../measures/pair.ts';
import type { Told } from '../measures/pattern.ts';
import { holding, scoreOf } from '../measures/score.ts';
import { DOUBLE, SINGLE, viewOf } from './view.ts';

export interface Found {
  readonly causes: readonly Told[];
  readonly or: readonly Told[];
  readonly cost: number;
  /** What B would be. */
  readonly predicted: Float64Array;
  readonly lacks: Lacks;
  /** Rows that it predicts wrongly. */
  readonly wrong: number;
}

/** An explanation that costs more may hide two that are simple. */
const DEAR = 1.55;
/** What costs little more is named beside what is taken, where it explains as much. */
const AS_GOOD = 0.35;
/** Pairs that are tried on all rows. */
const TRIED = 8;
/** Words for one thing: of these, one is named. */
const LEVELS: ReadonlySet<string> = new Set(['unit', 'scale', 'sign', 'ddof', 'another scaler', 'offset']);
const KEPT: ReadonlySet<string> = new Set(['float32', 'float16', 'bfloat16', 'rounded', 'cut off']);
const isOneThing = (x: string, y: string): boolean =>
  x === y || [LEVELS, KEPT].some((words) => words.has(x) && words.has(y));

const told = ({ cause, text }: Told): Told => ({ cause, text });

/** What every hypothesis would say of `pair`. */
export function proposals(pair: Pair): Explanation[] {
  return HYPOTHESES.flatMap((hypothesis) => hypothesis(pair));
}

/** The cheapest of `among` that holds in `view` and in all rows, and what explains as much at nearly the same cost. */
export function confirmed(pair: Pair, view: Pair, among: readonly Explanation[]): Found | undefined {
  const holds = holding(view, among);
  for (const explanation of holds) {
    const { predict, lacks = [0, 0], cost } = explanation;
    const predicted = predict(pair.a, pair.b);
    const { holds: isTrue, wrong } = scoreOf(pair, predicted, lacks);
    if (!isTrue) continue;
    const inView = ({ predict: of, lacks: without }: Explanation): number =>
      scoreOf(view, of(view.a, view.b), without).wrong;
    const or = holds
      .filter((other) => !isOneThing(other.cause, explanation.cause) && other.cost < cost + AS_GOOD)
      .filter((other) => inView(other) <= inView(explanation));
    return { causes: [told(explanation)], or: or.map(told), cost, predicted, lacks, wrong };
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
      const lacks = together(first, second);
      // Each has to explain something by itself: of all rows, and of those that the other has left.
      if (scoreOf(view, predicted, lacks).holds && scoreOf(rest, predicted, lacks).holds) found.push([first, second]);
    }
  }
  found.sort((x, y) => x[0].cost + x[1].cost - y[0].cost - y[1].cost);
  for (const [first, second] of found.slice(0, TRIED)) {
    const predicted = second.predict(first.predict(pair.a, pair.b), pair.b);
    const lacks = together(first, second);
    const { holds, wrong } = scoreOf(pair, predicted, lacks);
    const cost = first.cost + second.cost;
    if (holds) return { causes: [told(first), told(second)], or: [], cost, predicted, lacks, wrong };
  }
  return undefined;
}

function together({ lacks: [a, b] = [0, 0] }: Explanation, { lacks: [c, d] = [0, 0] }: Explanation): Lacks {
  return [a + c, b + d];
}

/** The cheapest explanation of all rows. */
export function oneOrTwo(pair: Pair): Found | undefined {
  const view = viewOf(pair, ...SINGLE);
  const one = confirmed(pair, view, proposals(view));
  if (one !== undefined && one.cost < DEAR) return one;
  const two = twoAtOnce(pair);
  return one === undefined || (two !== undefined && two.cost < one.cost) ? two : one;
}
