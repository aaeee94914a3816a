/** What a score means, in words: the same wherever it is said. */
import type { Chance } from './chance.ts';
import type { Interval } from './intervals.ts';

/** Independent labels that a statement needs. */
export const ENOUGH_LABELS = 30;
/** From a lower end of the ROC AUC above this on a leak is likelier than a market that gives itself away so much. */
const TOO_GOOD = 0.9;
/** Of the shifts, at most so many as good as the model where something was learned. */
const CHANCE = 0.05;

/** What can be said of a score. */
export interface Verdict {
  readonly kind: 'cannot be told' | 'nothing' | 'learned' | 'too good';
  /** A sentence without its end. */
  readonly text: string;
}

export interface Scored {
  readonly rocAuc: number;
  readonly interval: Interval;
  readonly chance: Chance;
  /** Independent labels. */
  readonly independent: number;
}

/** The verdict on a ROC AUC. */
export function verdictOf({ rocAuc, interval: [from, to], chance, independent }: Scored): Verdict {
  const score = `${digits(rocAuc)} (${digits(from)} to ${digits(to)})`;
  if (independent < ENOUGH_LABELS || !(from <= to) || chance.shifts === 0) {
    const labels = independent === 1 ? '1 independent label' : `${independent} independent labels`;
    return { kind: 'cannot be told', text: `cannot be told: ${labels}, and a statement needs ${ENOUGH_LABELS}` };
  }
  if (from > TOO_GOOD) return { kind: 'too good', text: `too good to be true: ${score}; look for a leak` };
  const reach = `chance reaches ${digits(chance.reaches)}`;
  if (from > 0.5 && chance.p <= CHANCE)
    return { kind: 'learned', text: `learned something: ${score}; ${reach}, p ${digits(chance.p)}` };
  const how = to < 0.5 ? 'is below a coin' : 'is within chance';
  return { kind: 'nothing', text: `nothing was learned: ${score} ${how}; ${reach}, p ${digits(chance.p)}` };
}

const digits = (value: number): string => value.toFixed(3);
