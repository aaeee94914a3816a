/** What a check is, what it is given and what it says. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { ConfigSource } from '../../files/config-file.ts';
import type { Loading } from '../watch/loading.ts';
import type { Certificate } from './certificate.ts';
import type { Divergence } from './divergence.ts';
import type { LearnedRows, Serving } from './learned.ts';
import type { Sides } from './sides.ts';
import type { Stretch } from './stretch.ts';

/** One law, held against the user's own events. */
export interface Check {
  /** As `--checks` takes it. */
  readonly name: string;
  /** The law in words. */
  readonly law: string;
  /** Compares, to the first difference or to the end of the events. */
  readonly run: (context: CheckContext) => Promise<CheckResult>;
}

/** What checks are given. */
export interface CheckContext {
  /** The chain that is checked; planned once, for all engines of all checks. */
  readonly plan: Plan;
  /** How another process gets the same configuration. */
  readonly configSource: ConfigSource;
  /** Opens the user's events from the start, as stretches of at most {@link STRETCH} events. */
  readonly open: () => AsyncIterable<Stretch>;
  /** Of everything that a check does by chance: cuts, points, starts. */
  readonly seed: number;
  /** What the module of the configuration asked while it loaded, where it is one. */
  readonly loading?: Loading;
  /** What was fitted on rows, where that is to be checked. */
  readonly learned?: LearnedRows;
  /** The model in service, where that is to be checked. */
  readonly serving?: Serving;
  /** Events in all, where somebody has counted them already: {@link countEvents}. */
  readonly events?: number;
  /** The historical side and the live side, where they are not plainly engines of `plan`. */
  readonly sides?: Sides;
  /** Told of progress, in events. */
  readonly onProgress?: (events: number) => void;
}

/** What a check says; `purity` also says what the module of the configuration asked while it loaded. */
export interface CheckResult extends Partial<Loading> {
  /** That of the check. */
  readonly name: string;
  /** The law in words. */
  readonly law: string;
  /** Whether the law held on all that was compared, and something was. */
  readonly holds: boolean;
  /** False where nothing was compared, for too little input: the law was neither seen to hold nor to be broken. */
  readonly answered: boolean;
  /** How much was compared. */
  readonly compared: Readonly<Record<string, number | string>>;
  /** The first difference; null where the law holds, and where nothing was compared. */
  readonly first: Divergence | { readonly message: string } | null;
  /** How far it went through the events. */
  readonly course?: Course;
  /** What `memory` measured: how much history a live session needs. */
  readonly certificate?: Certificate;
}

/** The way of a check through the events: stretch after stretch, from the first. */
export interface Course {
  /** Stretches that it was given. */
  readonly stretches: number;
  /** Events in them. */
  readonly events: number;
  /** Time of the first event, microseconds. */
  readonly from: number;
  /** Time of the last event that it was given, microseconds. */
  readonly to: number;
  /** Start of the last stretch: where a check that failed did so. */
  readonly last: number;
}

/** How many events there are; reads them once where nobody has yet. */
export async function countEvents({ events, open }: Pick<CheckContext, 'events' | 'open'>): Promise<number> {
  if (events !== undefined) return events;
  let count = 0;
  for await (const stretch of open()) count += stretch.length;
  return count;
}

/** Amounts without which nothing was compared: two engines that were given nothing agree on everything. */
const NEEDED = ['events', 'values', 'rows', 'samples'];

/** What a check says that has compared so much and found `first`, or nothing. Where any of `needed` is 0, it has no answer. */
export function result(
  { name, law }: Pick<Check, 'name' | 'law'>,
  compared: CheckResult['compared'],
  first: CheckResult['first'] | undefined,
  needed: readonly string[] = NEEDED,
): CheckResult {
  const found = first ?? null;
  const answered = found !== null || needed.every((what) => compared[what] !== 0);
  return { name, law, holds: answered && found === null, answered, compared, first: found };
}

/** Whether a check was answered, and the answer is no. */
export function fails({ holds, answered }: Pick<CheckResult, 'holds' | 'answered'>): boolean {
  return answered && !holds;
}

/** `8,192 events, 45 rows`: how much a check compared, in words. */
export function describeAmounts(compared: CheckResult['compared']): string {
  return Object.entries(compared)
    .map(([what, n]) => `${typeof n === 'number' ? n.toLocaleString('en') : n} ${what}`)
    .join(', ');
}
