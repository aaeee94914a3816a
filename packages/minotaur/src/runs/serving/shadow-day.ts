/** One day of a journal against the venue's own file of it; in a thread of its own, so that the chain goes on. */
import { join } from 'node:path';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';
import { formatTime, MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { loadSource, type ConfigSource } from '../../files/config-file.ts';
import { recordsOf } from '../../journal/interval.ts';
import { openJournal } from '../../journal/reader.ts';
import { runInWorker, type Caller } from '../../node/worker.ts';
import { describeShadow } from '../../verify/shadow/shadow.ts';
import { venueOfMarket } from '../../venues/named.ts';
import { fetchDumps, type FetchedDay } from '../chain/fetch.ts';
import { shadow } from '../verification/shadow.ts';

/** What is to be compared; it travels to another thread. */
export interface ShadowTask {
  /** As the venue counts them, 2024-08-08. */
  readonly day: string;
  /** Whose files there are, in the order of the plan. */
  readonly markets: readonly ShadowMarket[];
  /** Where the venues' files are put, in a folder of each venue. */
  readonly folder: string;
  readonly journal: string;
  readonly config: ConfigSource;
  readonly artefact?: string | undefined;
  readonly model?: string | undefined;
  /** The file was compared: only another that the venue has issued since is worth it. */
  readonly isCompared: boolean;
}

/** An instrument of the session, whose venue has a file of each day. */
export interface ShadowMarket {
  readonly instrument: string;
  readonly venue: string;
  readonly symbol: string;
  readonly baseUrl?: string | undefined;
}

/** What came of it. */
export interface ShadowDay {
  readonly day: string;
  /** Whether the session is what the venue's trades give; null where that could not be said. */
  readonly ok: boolean | null;
  /** Rows that were compared. */
  readonly rows: number;
  /** What was found; of a difference the first, with both values. */
  readonly words: string;
  /** `compared`; `nothing`: no trades on record of that day; `unpublished`, `failed`: to be tried again; `same`: no other file since. */
  readonly outcome: 'compared' | 'nothing' | 'unpublished' | 'failed' | 'same';
}

/** Compares, in a thread. A comparison that cannot be made is an answer too. @throws the reason of the signal */
export function compareDay(task: ShadowTask, signal: AbortSignal): Promise<ShadowDay> {
  return runInWorker(import.meta.url, { shadowDay }, task, { signal });
}

/** Does it; found by name, in a thread. @public */
export async function shadowDay(task: ShadowTask, { signal }: Pick<Caller, 'signal'>): Promise<ShadowDay> {
  const { day } = task;
  const span = spanOfDay(task);
  const none = { day, ok: null, rows: 0 };
  if (!hasTrades(task.journal, span)) return { ...none, words: 'no trades on record', outcome: 'nothing' };
  const fetched: FetchedDay[] = [];
  for (const { venue, symbol, baseUrl } of task.markets) {
    const out = join(task.folder, venue);
    fetched.push(...(await fetchDumps({ venue, symbol, from: day, to: day, out, baseUrl, signal })).days);
  }
  const failed = fetched.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) return { ...none, words: failed.why ?? '', outcome: 'failed' };
  if (fetched.some(({ outcome }) => outcome === 'missing'))
    return { ...none, words: 'the venue has not published it yet', outcome: 'unpublished' };
  if (task.isCompared && fetched.every(({ outcome }) => outcome === 'there'))
    return { ...none, words: '', outcome: 'same' };
  const files = Object.fromEntries(task.markets.map(({ instrument }, i) => [instrument, [fetched[i].file]]));
  try {
    return { day, ...(await compare(task, span, files, signal)), outcome: 'compared' };
  } catch (error) {
    if (!(error instanceof MinotaurError)) throw error;
    return { day, ok: false, rows: 0, words: error.message, outcome: 'compared' };
  }
}

/** Hours by which a venue's days begin before those of UTC. */
export const dayAheadOf = (venue: string): number => venueOfMarket(venue)?.dump?.dayAheadHours.value ?? 0;

/** The day as the venues count it, in microseconds UTC. */
function spanOfDay({ day, markets: [{ venue }] }: ShadowTask): { from: number; to: number } {
  const from = parseIso(`${day}T00:00:00Z`) - dayAheadOf(venue) * 3_600_000_000;
  return { from, to: from + MICROS_PER_DAY };
}

function hasTrades(journal: string, span: { from: number; to: number }): boolean {
  for (const { record } of recordsOf(openJournal(journal), span))
    if (record.kind === 'trade' && record.time >= span.from) return record.time < span.to;
  return false;
}

async function compare(
  { journal, config, artefact, model }: ShadowTask,
  { from, to }: { from: number; to: number },
  files: Readonly<Record<string, readonly string[]>>,
  signal: AbortSignal,
): Promise<Pick<ShadowDay, 'ok' | 'rows' | 'words'>> {
  const loaded = await loadSource(config, 'the configuration of the session');
  const [begin, end] = [formatTime(from), formatTime(to)];
  const { holds, checks } = await shadow({
    journal,
    trades: files,
    config: loaded,
    artefact,
    model,
    from: begin,
    to: end,
    signal,
  });
  const [check] = checks;
  return { ok: holds, rows: check.code.counts.rows, words: describeShadow(check).join('; ') };
}

/** Where the files and the results of a journal's comparisons are. */
export const shadowFolder = (journal: string): string => join(journal, 'shadow');
