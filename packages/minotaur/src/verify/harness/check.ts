/** What a check is given and what it says. */
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../node/engine.ts';
import type { ConfigSource } from '../../files/config-file.ts';
import type { Certificate } from './certificate.ts';
import type { Loading } from '../watch/loading.ts';
import type { Divergence, MakeEngine } from './trace.ts';
import type { Stretch } from './feed.ts';
import type { LearnedRows, Serving } from './learned.ts';

export type { ConfigSource };

export interface CheckContext {
  readonly config: ConfigInput | string;
  /** How another process gets the same configuration. */
  readonly configSource: ConfigSource;
  /** Opens the user's events from the start, as stretches of at most {@link STRETCH} events. */
  readonly open: () => AsyncIterable<Stretch>;
  readonly seed: number;
  /** What the module of the configuration asked while it loaded, where it is one. */
  readonly loading?: Loading;
  /** What was fitted on rows, where that is to be checked. */
  readonly learned?: LearnedRows;
  /** The model in service, where that is to be checked. */
  readonly serving?: Serving;
  /** Events in all, where somebody has counted them already: {@link countEvents}. */
  readonly events?: number;
  /** The historical side and the live side, where they are not plainly the engine of `config`. */
  readonly sides?: { readonly historical: MakeEngine; readonly live: MakeEngine };
  /** Told of progress, in events. */
  readonly onProgress?: (events: number) => void;
}

/** What a check found; `purity` also says what the module of the configuration asked while it loaded. */
export interface CheckResult extends Partial<Loading> {
  /** Of the check. */
  readonly name: string;
  /** The law in words. */
  readonly law: string;
  /** Whether the law does. */
  readonly holds: boolean;
  /** How much was compared; a check that compared nothing does not hold. */
  readonly compared: Readonly<Record<string, number | string>>;
  /** The first failure; null where it holds. */
  readonly first: Divergence | { readonly message: string } | null;
  /** How far it went through the events. */
  readonly course?: Course;
  /** What `memory` measured: how much history a live session needs. */
  readonly certificate?: Certificate;
}

/** The way of a check through the events: stretch after stretch, from the first. */
export interface Course {
  readonly stretches: number;
  readonly events: number;
  /** Time of the first event, and of the last that it was given, microseconds. */
  readonly from: number;
  readonly to: number;
  /** Start of the last stretch: where a check that failed did so. */
  readonly last: number;
}

export interface Check {
  readonly name: string;
  readonly law: string;
  readonly run: (context: CheckContext) => Promise<CheckResult>;
}

/** What a check compares: as given, or the engine itself on both sides. */
export function sidesOf({ sides, config }: CheckContext): { historical: MakeEngine; live: MakeEngine } {
  const plain: MakeEngine = (sinks) => createEngine(config, sinks);
  return sides ?? { historical: plain, live: plain };
}

/** How many events there are; reads them once where nobody has yet. */
export async function countEvents({ events, open }: Pick<CheckContext, 'events' | 'open'>): Promise<number> {
  if (events !== undefined) return events;
  let count = 0;
  for await (const stretch of open()) count += stretch.length;
  return count;
}

/** Events per stretch: what is held in memory at once. */
export const STRETCH = 8192;

/** The failure of a check that had too little input to compare anything. */
export const NOTHING = { message: 'nothing was compared: too little input for this check' } as const;

export function result(
  check: Pick<Check, 'name' | 'law'>,
  compared: CheckResult['compared'],
  first: CheckResult['first'] | undefined,
): CheckResult {
  // Two engines that were given nothing agree on everything.
  const nothing = ['events', 'values', 'samples'].some((what) => compared[what] === 0);
  const failure = first ?? (nothing ? NOTHING : null);
  return { name: check.name, law: check.law, holds: failure === null, compared, first: failure };
}

/** `8,192 events, 45 rows`: how much a check compared, in words. */
export function describeAmounts(compared: CheckResult['compared']): string {
  return Object.entries(compared)
    .map(([what, n]) => `${typeof n === 'number' ? n.toLocaleString('en') : n} ${what}`)
    .join(', ');
}
