/** What a score means, in words: the same wherever it is said. */
import type { Chance } from './chance.ts';
import type { Interval } from './intervals.ts';

/** Independent labels that a statement needs, and trades that an interval of their mean needs. */
export const ENOUGH = 30;
/** From a lower end of the ROC AUC above this on a leak is likelier than a market that gives itself away so much. */
const TOO_GOOD = 0.9;
/** Of the shifts, at most so many as good as the model where something was learned. */
const CHANCE = 0.05;

/** What can be said of a score. */
export interface Verdict {
  /** In a few words. */
  readonly kind: 'cannot be told' | 'nothing was learned' | 'learned something' | 'too good to be true';
  /** Why. */
  readonly because: string;
  /** Both, a sentence without its end. */
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
export function verdictOf(scored: Scored): Verdict {
  const [kind, because] = judge(scored);
  return { kind, because, text: `${kind}: ${because}` };
}

function judge({ rocAuc, interval: [from, to], chance, independent }: Scored): [Verdict['kind'], string] {
  if (independent < ENOUGH || !(from <= to) || chance.shifts === 0) {
    const labels = independent === 1 ? '1 independent label' : `${independent} independent labels`;
    return ['cannot be told', `${labels}, and a statement needs ${ENOUGH}`];
  }
  const score = `${digits(rocAuc)} (${digits(from)} to ${digits(to)})`;
  if (from > TOO_GOOD) return ['too good to be true', `${score}; look for a leak`];
  const reach = `chance reaches ${digits(chance.reaches)}, p ${digits(chance.p)}`;
  if (from > 0.5 && chance.p <= CHANCE) return ['learned something', `${score}; ${reach}`];
  const how = to < 0.5 ? 'is below a coin' : chance.p > CHANCE ? 'is within chance' : "may as well be a coin's 0.5";
  return ['nothing was learned', `${score} ${how}; ${reach}`];
}

const digits = (value: number): string => value.toFixed(3);
