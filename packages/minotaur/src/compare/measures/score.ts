/** Whether an explanation holds: of all rows, of those where it says something, and of those that differ. */
import { isNear, type Explanation, type Lacks, type Pair } from './pair.ts';

/** Of all rows. */
const LEAST = 0.97;
/** Of the rows where it predicts another value than A has, and of the rows that differ. */
const LEAST_AT_STAKE = 0.9;
/** Fewer rows prove nothing. */
const FEW = 3;
/** How much an explanation explains. */
export interface Score {
  /** Rows that it predicts wrongly. */
  readonly wrong: number;
  /** Of the rows that differ, the share that it predicts. */
  readonly ofDifferent: number;
  readonly holds: boolean;
}

const FAILED: Score = { wrong: Infinity, ofDifferent: 0, holds: false };

/** `predicted` against B; where it cannot hold any more, it is not counted to the end. */
export function scoreOf({ a, b, scale }: Pair, predicted: Float64Array, [head, tail]: Lacks = [0, 0]): Score {
  let [wrong, stake, rightAtStake, different, rightDifferent] = [0, 0, 0, 0, 0];
  const counted = a.length - head - tail;
  const mostWrong = (1 - LEAST) * counted;
  for (let i = head; i < a.length - tail; i++) {
    const p = predicted[i];
    const y = b[i];
    const isRight = isNear(p, y, scale);
    if (!isRight && ++wrong > mostWrong) return FAILED;
    if (!isNear(p, a[i], scale)) {
      stake++;
      if (isRight) rightAtStake++;
    }
    if (!isNear(a[i], y, scale)) {
      different++;
      if (isRight) rightDifferent++;
    }
  }
  const isEnough = rightDifferent >= FEW || (rightDifferent > 0 && rightDifferent === different && stake === different);
  const ofDifferent = different === 0 ? 0 : rightDifferent / different;
  const holds = isEnough && rightAtStake >= LEAST_AT_STAKE * stake && ofDifferent >= LEAST_AT_STAKE;
  return { wrong, ofDifferent, holds };
}

/** The explanations of `among` that hold, cheapest first. */
export function holding(pair: Pair, among: readonly Explanation[]): Explanation[] {
  return among
    .filter((explanation) => scoreOf(pair, explanation.predict(pair.a, pair.b), explanation.lacks).holds)
    .toSorted((x, y) => x.cost - y.cost);
}
