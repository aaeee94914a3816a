/** What of the files was taken and what was lost, in words; of a build and of whoever reads as it does. */
import { count } from 'minotaur-core/internal/base/figures';
import type { IntakeCounts } from 'minotaur-core/internal/trades/intake';
import type { Manifest } from '../../store/manifest.ts';

/** What has been read. */
interface Read extends Pick<Manifest, 'leftOut' | 'unread' | 'notes'> {
  readonly counts: Pick<IntakeCounts, 'duplicate' | 'disorder' | 'invalid' | 'gap' | 'dropped'>;
}

/** What it is about, and the words; nothing where all was taken. `where`: behind what was wrong with trades, where more of it stands. */
export function takenWords({ leftOut, unread = [], notes = [], counts }: Read, where = ''): [string, string][] {
  const reasons = Object.entries(leftOut).map(([reason, rows]) => `${count(rows)} ${reason}`);
  const problems = (['duplicate', 'disorder', 'invalid', 'gap'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => `${counts[name]} ${name}`);
  const words: [string, string][] = [];
  if (reasons.length > 0) words.push(['left out', reasons.join(', ')]);
  if (unread.length > 0) words.push(['unread', `${unread.join(', ')} behind the last event of the driving instrument`]);
  if (problems.length > 0) words.push(['problems', `${problems.join(', ')}; ${counts.dropped} dropped${where}`]);
  return [...words, ...notes.map((note): [string, string] => ['note', note])];
}

/** Of trades that are known to be missing, in the same form. */
export function holeWords({ holes, missing, readyRows, completeRows }: Manifest['counts']): [string, string][] {
  if (holes === 0) return [];
  const trades = missing === 0 ? '' : `, ${count(missing)} ids missing`;
  return [['holes', `${count(holes)}${trades}; ${count(readyRows - completeRows)} ready rows are not complete`]];
}
