/** What `fetch` did, in words. */
import { basename } from 'node:path';
import { oneLine } from 'minotaur-core/internal/base/printable';
import type { FetchedDay, FetchReport } from '../../runs/chain/fetch.ts';

const WORDS: Readonly<Record<FetchedDay['outcome'], string>> = {
  fetched: 'fetched',
  there: 'was there',
  missing: 'MISSING: the venue has no such file',
  failed: 'FAILED',
};

export function fetchLines({ days, complete, seconds }: FetchReport): string {
  const lines = days.map(({ day, file, outcome, verified, why }) => {
    const had = outcome === 'fetched' || outcome === 'there';
    const said = had ? `${basename(file)} ${verified ? 'verified' : 'no checksum'}` : oneLine(why ?? '');
    return `${day}  ${WORDS[outcome]}  ${said}`.trimEnd();
  });
  const gone = days.filter(({ outcome }) => outcome === 'missing' || outcome === 'failed').map(({ day }) => day);
  const end = complete ? `all ${days.length} days, ${seconds.toFixed(1)} s` : `not all days: ${gone.join(', ')}`;
  return [...lines, end].join('\n');
}
