/** A run that no row comes of has nothing to show: says what was missing, and what would mend it. */
import { fail } from 'minotaur-core/internal/base/errors';
import { decimal } from 'minotaur-core/internal/base/figures';
import { amountOf } from 'minotaur-core/internal/chain/amounts';
import type { EngineCounts } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';

export interface Shown {
  /** A state to go on from: what lies between two states may well be without a row. */
  readonly from?: string | undefined;
  /** Asked to stop early, for the state that is left. */
  readonly limit?: number | undefined;
  /** Is part of a longer run: a month may well be without a trade. */
  readonly step?: object | undefined;
}

/** @throws {MinotaurError} where a run used nothing, or, from the beginning of files to their end, emitted no row */
export function requireRows(
  { from, limit, step }: Shown,
  plan: Plan,
  before: EngineCounts,
  counts: EngineCounts,
): void {
  if (step !== undefined) return;
  const came = counts.trades + counts.waiting - before.trades - before.waiting;
  if (came === 0) fail('input', 'trades or bars', 'some that are new', 'none: what there is was used before');
  if (from !== undefined || limit !== undefined || counts.rows > before.rows) return;
  if (counts.waiting > 0 && counts.trades === before.trades) {
    const { within } = plan.config.trades.reorder ?? {};
    fail(
      'input',
      'trades',
      `some that wait no longer (\`reorder\` within ${within})`,
      `${number(counts.waiting)} that wait`,
    );
  }
  const { name } = plan.clocks[plan.drive];
  const wrong = (['duplicate', 'disorder', 'invalid'] as const).filter((problem) => counts[problem] > 0);
  const problems = wrong.map((problem) => `${number(counts[problem])} ${problem}`).join(', ');
  fail(
    'input',
    `clocks.${name}, whose bars emit the rows`,
    `enough for a bar of it (${describe(plan, name)}): a lower threshold, or more input`,
    `no bar in ${number(counts.trades)} trades or bars${problems === '' ? '' : ` (${problems})`}`,
  );
}

/** What closes one bar, in words. */
function describe(plan: Plan, name: string): string {
  const { seconds, trades, volume, turnover } = amountOf(plan, name, 1);
  if (seconds !== undefined) return `${number(seconds)} s, and an event after its end`;
  if (trades !== undefined) return `${number(trades)} trades`;
  if (volume !== undefined) return `a volume of ${number(volume)}`;
  return turnover === undefined ? 'one given bar' : `a turnover of ${number(turnover)}`;
}

const number = (value: number): string => decimal(value, 8);
