/** Gaps in the ids that the chain found itself, on record and in the rebuild. */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Hole } from 'minotaur-core/internal/chain/contract';
import type { FoundGap } from 'minotaur-core/internal/live/record';
import type { Place, Tally } from './shadow-difference.ts';
import type { Feeder, FoundHole } from './shadow-feeder.ts';

interface Compared {
  readonly tally: Tally;
  readonly feeder: Feeder;
  /** On record, and not compared yet. */
  readonly gaps: (FoundGap & Place)[];
  /** Place of the newest record. */
  readonly at: Place;
}

/** Gaps that both sides found; the record may lack those of push `cut` and after it. */
export function compareGaps({ tally, feeder, gaps, at }: Compared, cut: number): void {
  const [expected, found] = [feeder.gaps.splice(0), gaps.splice(0)];
  for (let i = 0; i < Math.max(expected.length, found.length); i++) {
    const own: FoundHole | undefined = expected[i];
    const one = found[i];
    if (own !== undefined && one !== undefined && sameHole(own.hole, one.hole)) continue;
    if (one === undefined && own !== undefined && own.push >= cut) continue;
    const told = own === undefined ? 'none' : describeHole(own.hole);
    const message = `a gap in the ids: expected ${told}, found ${one === undefined ? 'none' : describeHole(one.hole)}`;
    return tally.add('hole', 'holesDiffer', one ?? at, message);
  }
}

function sameHole(a: Hole, b: Hole): boolean {
  return a.from === b.from && a.to === b.to && a.missing === b.missing;
}

function describeHole({ from, to, missing }: Hole): string {
  return `${formatTime(from)} to ${formatTime(to)}${missing === undefined ? '' : `, ${missing} missing`}`;
}
