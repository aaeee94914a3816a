/** A job list: a long build of many symbols as steps that machines can take apart from each other. */
import { fail } from 'minotaur-core/internal/base/errors';
import { sha256OfText } from 'minotaur-core/internal/base/bytes/hashing';
import { requireFormat } from 'minotaur-core/internal/base/format';
import type { Config, ConfigInput } from 'minotaur-core/internal/config/config';
import { portable } from 'minotaur-core/internal/config/portable';

/** The format that is written and read. */
export const JOBS_FORMAT = 2;

/** A file that a job reads. */
export interface JobInput {
  /** Of an object, from the root, or from the folder of the list on. */
  readonly path: string;
  readonly bytes: number;
  /** Of a chain of several instruments: whose trades they are. */
  readonly instrument?: string;
}

/** A month of a job. */
export interface JobMonth {
  /** As 2024-08. */
  readonly month: string;
  /** In order of time, of each instrument. */
  readonly inputs: readonly JobInput[];
  /**
   * Of a chain of several instruments: files of the month that follows, where there is one. Feeds go ahead of each other, and what one
   * of them misses at the end of a month is known by what it has next; so they are looked into, and the month ends where they begin.
   */
  readonly ahead?: readonly JobInput[];
}

/** A symbol and a month or several that follow each other. */
export interface Job {
  /** Or several instruments of one chain, joined by `+`. */
  readonly symbol: string;
  /** In order. */
  readonly months: readonly JobMonth[];
  /** Place in the list of the job with the months before; null: it begins with the first of its symbol, cold. */
  readonly before: number | null;
}

/** What is built at a time, and left with a manifest of its own. */
export interface Step extends JobMonth {
  readonly symbol: string;
}

/** Jobs that do not wait for each other: as many of every symbol, from its first on, are done before. */
export interface Wave {
  /** Place of the first in the list. */
  readonly from: number;
  /** How many. */
  readonly count: number;
}

/** A job list, as it is written. */
export interface JobList {
  readonly format: typeof JOBS_FORMAT;
  /** That planned it, and has to build it. */
  readonly engineVersion: string;
  readonly config: {
    /** What it was asked for by. */
    readonly name: string;
    /** As it was written, or a preset's name; a module stays where it is. */
    readonly source:
      | { readonly kind: 'value'; readonly value: ConfigInput | string }
      | { readonly kind: 'module'; readonly path: string };
    /** Of the parsed configuration, {@link configurationDigest}. */
    readonly digest: string;
  };
  /** Where the rows go. */
  readonly out: string;
  /** Goes on in spite of evidence that files are of another instrument. */
  readonly accept?: true;
  /** The least share of the trades that has to be used. */
  readonly minUsed?: number;
  /** One follows the other: job k of a wave goes on from job k of the wave before. */
  readonly waves: readonly Wave[];
  readonly jobs: readonly Job[];
}

/** The steps of a job, in order. */
export const stepsOf = ({ symbol, months }: Job): Step[] => months.map((month) => ({ symbol, ...month }));

/** All files that a step reads: of each instrument those of its month, then those that it looks into. */
export function filesOf({ inputs, ahead = [] }: JobMonth): JobInput[] {
  const instruments = new Set(inputs.map(({ instrument }) => instrument));
  return [...instruments].flatMap((name) => [...inputs, ...ahead].filter(({ instrument }) => instrument === name));
}

/** Where the rows of a step go, from `out` on. */
export const stepFolder = ({ symbol, month }: Step): string => `symbol=${symbol}/month=${month}`;

/** A step in words. */
export const stepName = ({ symbol, month }: Step): string => `${symbol} ${month}`;

/** The digest of a configuration: of its values, whatever the order of the keys. */
export function configurationDigest(config: Config): string {
  return sha256OfText(JSON.stringify(portable(config), sortedKeys));
}

function sortedKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a text is a job list, of whatever format. */
export function isJobList(text: string): boolean {
  try {
    const list = JSON.parse(text) as Partial<JobList> | null;
    return Array.isArray(list?.jobs) && Array.isArray(list.waves) && list.config !== undefined;
  } catch {
    return false;
  }
}

/**
 * A job list from its text, which is at `where`.
 * @throws {MinotaurError} where it is something else, or of another format
 */
export function parseJobList(text: string, where: string): JobList {
  let list: Partial<JobList>;
  try {
    list = JSON.parse(text) as typeof list;
  } catch (error) {
    fail('input', where, 'a job list that plan wrote', (error as Error).message);
  }
  if (!isJobList(text)) fail('input', where, 'a job list that plan wrote', 'something else');
  requireFormat({ what: 'a job list', expected: JOBS_FORMAT, found: list.format, where, instead: 'plan again' });
  return list as JobList;
}
