/** A survey of trades that do not stand in order of time: what follows from one trade to the next is of those in order. */
import type { IdKind } from 'minotaur-core/internal/trades/venues/profile';
import { untold } from '../measures/sides.ts';
import { isOutOfOrder } from './late.ts';
import type { Survey } from './survey.ts';

/** Trades that are sorted to be looked at, in memory at once: some 110 bytes each. */
const MOST_SORTED = 2_000_000;

/** Whether trades have to be put in order before anything is said of what follows what. */
export const needsOrder = ({ disorder, rows }: Survey): boolean => isOutOfOrder(disorder.late, rows);

/** Whether that can be done here. */
export const canBeSorted = ({ rows }: Survey): boolean => rows <= MOST_SORTED;

/** What `sorted` says, and of how the files stand, which is what has to be handled, what the survey of them says. */
export function withOrderOf(asTheyStand: Survey, sorted: Survey): Survey {
  const { disorder, problems, counts } = asTheyStand;
  const own: Survey = {
    ...sorted,
    problems: { ...sorted.problems, ...(problems.disorder && { disorder: problems.disorder }) },
    disorder,
    counts: { ...sorted.counts, disorder: counts.disorder },
  };
  // Files that begin before the one before them ends: a sort of each puts nothing in order.
  if (needsOrder(sorted)) return withoutOrder(own);
  const isKnown = disorder.newestFirst || ORDERED.has(sorted.ids.kind) || sorted.ties.share <= FEW_TIED;
  return { ...own, order: 'sorted', sides: isKnown ? own.sides : untold(own.sides) };
}

/** Kinds of ids that say how trades of one time follow each other. */
const ORDERED: ReadonlySet<IdKind> = new Set(['dense', 'rising']);
/** Where nothing says it, so many may be of the time of the one before for sides to be held against prices. */
const FEW_TIED = 0.02;

/** Without what is nothing where the order is not known: it is not said rather than said wrongly. */
export function withoutOrder(survey: Survey): Survey {
  const { sides, jumps, holes } = survey;
  return {
    ...survey,
    order: 'unknown',
    sides: untold(sides),
    jumps: { ...jumps, outliers: 0, farthest: [], jumps: 0, largest: [] },
    holes: { ...holes, silences: [] },
  };
}
