/** How many of the trades that were read a run has used: nothing is lost silently. */
import { fail } from 'minotaur-core/internal/base/errors';
import { decimal } from 'minotaur-core/internal/base/figures';
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
   * @throws {MinotaurError} where it is below `least`, or no trade was used; and, where no `least` was asked for, where a word for the
   *   side is not known, or trades were lost in more ways than a few
   */
  require(before: Counts, counts: Counts, least?: number): number;
  /** In words: what was lost, how often, and where first. */
  report(): string[];
}

/** Trades that were lost alike. */
interface Loss {
  trades: number;
  readonly first: string;
}

/** More kinds of losses than these are no dirt here and there. */
const KINDS = 5;

/** As a place has it. */
const WORD = /, side "(.*)"$/;

/** What kind of loss it is: the same word, or the same problem. */
function kindOf({ problem }: Notice, at: string): string {
  const word = problem === 'invalid' ? WORD.exec(at)?.[1] : undefined;
  return word === undefined ? NAMES[problem] : `with the unknown side "${word}"`;
}

const NAMES: Readonly<Record<Notice['problem'], string>> = {
  duplicate: 'with the id of an earlier trade',
  disorder: 'out of order',
  invalid: 'with a price, quantity or time that is none',
  time: 'of times that cannot be',
  gap: 'missing',
};

export function createUsage(): Usage {
  let first: string | undefined;
  const losses = new Map<string, Loss>();
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
      const at = place(row);
      first ??= `the first at ${at}: expected ${expected}, found ${found}`;
      const kind = kindOf(notice, at);
      const loss = losses.get(kind) ?? { trades: 0, first: `${at}: ${found}` };
      loss.trades += count;
      losses.set(kind, loss);
    },
    report: () => [...losses].map(([kind, { trades, first: at }]) => `${decimal(trades)} lost ${kind}, first ${at}`),
    require(before, counts, asked) {
      const least = asked ?? MIN_USED;
      const used = counts.trades - before.trades;
      const lost = counts.dropped - before.dropped - duplicates;
      const share = lost === 0 ? 1 : used / (used + lost);
      if (share >= least && (used > 0 || lost === 0)) {
        if (asked === undefined) requireFew(losses);
        return share;
      }
      const problems = (['disorder', 'invalid', 'time'] as const)
        .map((name) => [name, counts[name] - before[name]] as const)
        .filter(([, count]) => count > 0)
        .map(([name, count]) => `${decimal(count)} ${name}`);
      if (later > 0)
        problems.push(
          `${decimal(later)} with the id of an earlier trade (ids start again, or several trades share one: \`ids: none\` of the instrument)`,
        );
      const percent = (value: number): string => `${decimal(value * 100)} %`;
      return fail(
        'input',
        'trades',
        `at least ${percent(least)} of them to be used (\`minUsed\` is the least share)`,
        `${used === 0 ? 'none' : `${decimal(used)}, ${percent(share)}`}: ${problems.join(', ')}${first === undefined ? '' : `; ${first}`}`,
      );
    },
  };
}

/** Refuses losses that are no dirt: whole sorts of trades whose side has another word, and what has more kinds than can be chance. */
function requireFew(losses: ReadonlyMap<string, Loss>): void {
  const words = [...losses].filter(([kind]) => kind.includes('unknown side'));
  const said = (of: readonly (readonly [string, Loss])[]): string =>
    of
      .map(([kind, { trades, first }]) => `${decimal(trades)} ${kind}, first ${first.replace(/: .*$/s, '')}`)
      .join('; ');
  if (words.length > 0) {
    const expected =
      'words for the side that are known (`sides: { buy, sell, none }` of the instrument; `minUsed` takes a run without them)';
    fail('input', 'trades', expected, said(words));
  }
  if (losses.size <= KINDS) return;
  const expected = `trades lost in ${KINDS} ways at most (\`minUsed\` is the least share of them)`;
  fail('input', 'trades', expected, said([...losses]));
}
