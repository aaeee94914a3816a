/** How many of the trades that were read a run has used: nothing is lost silently. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { EngineCounts } from 'minotaur-core/internal/chain/contract';
import type { Notice } from 'minotaur-core/internal/trades/intake';

/** The least share of the trades that has to be used, unless the run is asked for another. */
const MIN_USED = 0.99;

type Counts = Pick<EngineCounts, 'trades' | 'duplicate' | 'disorder' | 'invalid' | 'time' | 'dropped'>;

export interface Usage {
  /** Hears of what was wrong with trades; the first that was lost is named where too many are. */
  add(place: (row: number) => string, notice: Notice): void;
  /**
   * The share that was used: 1 where nothing was lost. Duplicates are no loss, since their first is there; those of a
   * later time than all before are, since a trade that is delivered again is not.
   * @throws {MinotaurError} where it is below `least`, or no trade was used
   */
  require(before: Counts, counts: Counts, least?: number): number;
}

/** @throws {MinotaurError} where `share` is none */
export function requireShare(share: number | undefined): void {
  if (share !== undefined && !(share >= 0 && share <= 1))
    fail('config', 'minUsed', 'a share from 0 to 1', String(share));
}

export function createUsage(): Usage {
  let first: string | undefined;
  let duplicates = 0;
  let later = 0;
  return {
    add(place, notice) {
      if (notice.handling !== 'drop') return;
      const { problem, row, count, expected, found } = notice;
      if (problem === 'duplicate' && !notice.later) {
        duplicates += count;
        return;
      }
      if (problem === 'duplicate') later += count;
      first ??= `the first at ${place(row)}: expected ${expected}, found ${found}`;
    },
    require(before, counts, least = MIN_USED) {
      const used = counts.trades - before.trades;
      const lost = counts.dropped - before.dropped - duplicates;
      const share = lost === 0 ? 1 : used / (used + lost);
      if (share >= least && (used > 0 || lost === 0)) return share;
      const problems = (['disorder', 'invalid', 'time'] as const)
        .map((name) => [name, counts[name] - before[name]] as const)
        .filter(([, count]) => count > 0)
        .map(([name, count]) => `${number(count)} ${name}`);
      if (later > 0)
        problems.push(
          `${number(later)} with the id of an earlier trade (ids start again, or several trades share one: \`ids: none\` of the instrument)`,
        );
      const percent = (value: number): string => `${number(value * 100)} %`;
      return fail(
        'input',
        'trades',
        `at least ${percent(least)} of them to be used (\`minUsed\` is the least share)`,
        `${used === 0 ? 'none' : `${number(used)}, ${percent(share)}`}: ${problems.join(', ')}${first === undefined ? '' : `; ${first}`}`,
      );
    },
  };
}

const number = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 3 });
