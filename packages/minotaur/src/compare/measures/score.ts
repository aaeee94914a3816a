/** Whether an explanation holds: of all rows, of those where it says something, and of those that differ. */
import { isNear, type Explanation, type Pair } from './pair.ts';

/** Of all rows. */
const LEAST = 0.97;
/** Of the rows where it predicts another value than A has, and of the rows that differ. */
const LEAST_AT_STAKE = 0.9;
/** Fewer rows prove nothing. */
const FEW = 3;
/** Rows at either end where a prediction may lack what lies beyond. */
const EDGE = 130;

/** How much an explanation explains. */
export interface Score {
  /** Of all rows, the share that it predicts. */
  readonly all: number;
  /** Of the rows where it predicts a change. */
  readonly atStake: number;
  /** Of the rows that differ. */
  readonly ofDifferent: number;
  readonly holds: boolean;
}

/** `predicted` against B. */
export function scoreOf({ a, b, scale }: Pair, predicted: Float64Array): Score {
  let [right, counted, stake, rightAtStake, different, rightDifferent] = [0, 0, 0, 0, 0, 0];
  const n = a.length;
  for (let i = 0; i < n; i++) {
    const [p, y] = [predicted[i], b[i]];
    const isAtEdge = i < EDGE || i >= n - EDGE;
    if (isAtEdge && p !== p && y === y && a[i] === a[i]) continue;
    const isRight = isNear(p, y, scale);
    counted++;
    if (isRight) right++;
    if (!isNear(p, a[i], scale)) {
      stake++;
      if (isRight) rightAtStake++;
    }
    if (!isNear(a[i], y, scale)) {
      different++;
      if (isRight) rightDifferent++;
    }
  }
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const score = {
    all: share(right, counted),
    atStake: share(rightAtStake, stake),
    ofDifferent: share(rightDifferent, different),
  };
  const isEnough = rightDifferent >= FEW || (rightDifferent > 0 && rightDifferent === different && stake === different);
  const holds =
    isEnough && score.all >= LEAST && score.atStake >= LEAST_AT_STAKE && score.ofDifferent >= LEAST_AT_STAKE;
  return { ...score, holds };
}

/** The explanations of `among` that hold, cheapest first. */
export function holding(pair: Pair, among: readonly Explanation[]): Explanation[] {
  return among
    .filter((explanation) => scoreOf(pair, explanation.predict(pair.a, pair.b)).holds)
    .toSorted((x, y) => x.cost - y.cost);
}
