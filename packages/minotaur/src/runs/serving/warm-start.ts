/** How a session of `live` begins warm, and what it says of it. */
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { choice, flag, listOf, numeric, type Optional } from 'minotaur-core/internal/base/options';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { fileLists } from '../chain/run-files.ts';
import { openJournal } from '../../journal/reader.ts';
import { gatherHistory, WAYS, type Warmth, type Way } from '../../service/bootstrap/bootstrap.ts';
import { recordedTrades } from '../../service/bootstrap/recorded.ts';
import type { Forecast } from '../../service/bootstrap/forecast.ts';
import type { SupervisorOrder } from '../../service/supervisor/supervisor.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import { awaitedOf, collectedAt, type AwaitedFile } from './collecting.ts';
import type { Files } from '../chain/run-files.ts';

/** What `live` takes of how a new session begins. */
export interface WarmStartOptions {
  /**
   * Where the trades come from that a new session needs before its rows are ready: the venue's files of whole days, its REST.
   * Default both; none: only what `history` has.
   */
  readonly bootstrap?: readonly Way[] | undefined;
  /** Until then at most they are gathered. Default 300. */
  readonly bootstrapSeconds?: number | undefined;
  /** Files of trades, the newest last, with which a new session begins; by instrument where there are several. */
  readonly history?: Files | undefined;
  /** Where the venue's files, or yours, differ from what it said otherwise, they are right; else a difference is refused. */
  readonly acceptRevised?: boolean | undefined;
}

export const WARM_START: Optional<WarmStartOptions> = {
  bootstrap: listOf(choice(WAYS)),
  bootstrapSeconds: numeric,
  history: fileLists,
  acceptRevised: flag,
};

const SECONDS = 300;

export interface WarmStart {
  readonly config: Config;
  readonly plan: Plan;
  readonly journal: string;
  /** The journal again, of a session that goes on collecting: what is on record is a part of the history. */
  readonly recorded?: string | undefined;
  readonly around: Surroundings;
  readonly onEvent: (event: string, facts: object) => void;
  /** It begins, or goes on, without being warm: files of these days may change that. */
  readonly onCollecting: (awaited: readonly AwaitedFile[]) => void;
  /** In words, how far it is. */
  readonly onProgress: (text: string) => void;
}

/** `dumps,rest`, one of them, or `none`. */
export function waysOf(text: string): readonly Way[] {
  if (text === 'none') return [];
  const names = text.split(',');
  const ways = WAYS.filter((way) => names.includes(way));
  if (ways.length !== names.length)
    fail('config', '--bootstrap', 'dumps, rest, both between commas, or none', `'${text}'`);
  return ways;
}

/** Whether a session that was not ready as it ended may find more of before it than it did: its venue's files of days have come. */
export function goesOnCollecting(
  { bootstrap = WAYS, history }: WarmStartOptions,
  { isReady }: { readonly isReady: boolean },
  instruments: readonly Instrument[],
): boolean {
  return (
    !isReady &&
    history === undefined &&
    bootstrap.includes('dumps') &&
    instruments.some((one) => collectedAt(one) !== undefined)
  );
}

/** What a supervisor begins a session with; undefined where it begins cold. */
export function warmStart(
  { bootstrap = ['dumps', 'rest'], bootstrapSeconds = SECONDS, history, acceptRevised = false }: WarmStartOptions,
  { config, plan, journal, recorded, around, onEvent, onCollecting, onProgress }: WarmStart,
): SupervisorOrder['warm'] {
  const files = filesOf(history, plan);
  if (bootstrap.length === 0 && Object.keys(files).length === 0) return undefined;
  return async (instruments, signal) => {
    const began = around.now();
    const onRecord = recorded === undefined ? undefined : recordedTrades(openJournal(recorded), plan.instruments);
    const awaited = plan.instruments.flatMap((one) =>
      awaitedOf(one, onRecord?.get(one.name)?.begun[0].time ?? around.wall()),
    );
    let forecast: Forecast | undefined;
    const gathered = gatherHistory({
      config,
      plan,
      instruments,
      recorded: onRecord,
      around,
      signal,
      ways: bootstrap,
      seconds: bootstrapSeconds,
      files,
      acceptRevised,
      directory: dumpsOf(journal),
      onForecast(told) {
        forecast = told;
        onEvent('bootstrap', told);
      },
      onProgress: (trades) => onProgress(progressText(trades, forecast)),
    });
    const warmth = await gathered.catch((error: unknown) => {
      // What is on record can be gone on with, whatever a file says of it.
      if (onRecord === undefined || !(error instanceof MinotaurError) || error.kind !== 'input') throw error;
      onEvent('bootstrapped', { ready: false, why: error.message });
      // It may be there in part; another day's comes, and this one may be mended.
      if (bootstrap.includes('dumps')) onCollecting(awaited);
      return undefined;
    });
    if (warmth === undefined) return undefined;
    onEvent('bootstrapped', { ...outcomeOf(warmth), seconds: (around.now() - began) / 1000 });
    const { isReady, why } = warmth;
    if (!isReady && bootstrap.includes('dumps') && awaited.length > 0) {
      const days = Object.fromEntries(awaited.map(({ instrument, day }) => [instrument.name, day]));
      onEvent('collecting', { files: days, why });
      onCollecting(awaited);
    }
    return isReady || recorded === undefined ? warmth : undefined;
  };
}

/** Files of days, while they are needed. */
export const dumpsOf = (journal: string): string => join(journal, 'dumps');

/** Once the session has begun; where it was killed before, they are there for the next. */
export function removeDumps(journal: string): void {
  rmSync(dumpsOf(journal), { recursive: true, force: true });
}

const outcomeOf = ({ trades, requests, days, from, isReady, why }: Warmth): object => ({
  from,
  trades,
  requests,
  days,
  ready: isReady,
  why,
});

/** `43 %: 120000 of about 280000 trades, 300 requests, 60 s`. */
function progressText(trades: number, forecast: Forecast | undefined): string {
  if (forecast?.trades === undefined || forecast.trades === null) return `${trades} trades`;
  const { requests, seconds, missing } = forecast;
  const percent = Math.min(99, Math.floor((100 * trades) / Math.max(1, forecast.trades)));
  const lacks = missing === '' ? '' : `; not to be reached: ${missing}, ready at about row ${forecast.readyAt ?? '?'}`;
  return `${percent} %: ${trades} of about ${forecast.trades} trades, ${requests} requests, ${seconds} s${lacks}`;
}

function filesOf(history: Files | undefined, { instruments }: Plan): Readonly<Record<string, readonly string[]>> {
  if (history === undefined) return {};
  const names = instruments.map(({ name }) => name);
  if (!Array.isArray(history)) {
    const stranger = Object.keys(history).find((name) => !names.includes(name));
    if (stranger !== undefined) fail('config', 'history', `files of instruments (${names.join(', ')})`, stranger);
    return history as Readonly<Record<string, readonly string[]>>;
  }
  if (history.length === 0) return {};
  if (names.length > 1)
    fail('config', 'history', `NAME=FILES of each instrument (${names.join(', ')})`, 'files without');
  return { [names[0]]: history };
}
