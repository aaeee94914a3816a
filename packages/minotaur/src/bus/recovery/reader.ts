/** Rows as a reader takes them from the log: each once, in order, whatever owners repeated. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Row } from 'minotaur-core/internal/rows/row';
import { digestAfter, type RowsBatch } from '../codec/rows.ts';

/** Digests that are kept, to hold repeats against what came first. */
const REMEMBERED = 1024;

/** Rows that a reader has not had. */
interface NewRows {
  /** Ordinal of the first. */
  readonly first: number;
  readonly rows: readonly Row[];
  /** How many of the message it had already. */
  readonly repeated: number;
}

/** Of one topic of rows, or one partition of it. */
export interface RowReader {
  /**
   * What of a message is new; `where` names it in errors.
   * @throws {MinotaurError} of kind `input` where rows before it are missing, or where a repeat has other bits than what came first
   */
  take(batch: RowsBatch, where: string): NewRows;
  /** Of a chain: its epoch, and the ordinal of the row that comes next; undefined before its first. */
  next(chain: string): RowHead | undefined;
}

/** How far a chain has been read. */
export interface RowHead {
  readonly epoch: number;
  /** Of the row that comes next. */
  readonly ordinal: number;
}

interface ChainRead {
  epoch: number;
  ordinal: number;
  /** Of all rows so far; undefined where the beginning was not read. */
  digest: Uint8Array | undefined;
  /** By how many rows they are of, at ends of messages and of single rows. */
  readonly digests: Map<number, Uint8Array>;
}

/**
 * `from`: `beginning` where the first rows of every chain are to be there; `anywhere` where reading begins with what comes. `heads`: how
 * far chains have been read before; repeats of those rows are not held against what came first.
 */
export function createRowReader(
  from: 'beginning' | 'anywhere' = 'beginning',
  heads: ReadonlyMap<string, RowHead> = new Map(),
): RowReader {
  const chains = new Map<string, ChainRead>();
  for (const [chain, head] of heads) chains.set(chain, { ...head, digest: undefined, digests: new Map() });
  return {
    next(chain) {
      const known = chains.get(chain);
      return known && { epoch: known.epoch, ordinal: known.ordinal };
    },
    take(batch, where) {
      const { chain, epoch, first, rows } = batch;
      let known = chains.get(chain);
      if (known === undefined || epoch > known.epoch) {
        const isFirst = first === 0 || beginsEpoch(batch);
        const begins = isFirst || (from === 'anywhere' && known === undefined) ? first : 0;
        known = {
          epoch,
          ordinal: begins,
          digest: isFirst || begins === 0 ? digestAfter([], undefined) : undefined,
          digests: new Map(),
        };
        chains.set(chain, known);
      }
      if (epoch < known.epoch) return { first, rows: [], repeated: rows.length };
      if (first > known.ordinal)
        fail('input', where, `row ${known.ordinal} of ${chain}, epoch ${epoch}`, `row ${first}: others are missing`);
      const repeated = Math.min(rows.length, known.ordinal - first);
      const fresh = rows.slice(repeated);
      add(known, fresh);
      settle(known, batch, where);
      return { first: first + repeated, rows: fresh, repeated };
    },
  };
}

/** Whether rows of an epoch are its first: their digest is that of them alone. An epoch may begin behind rows that the bus never had. */
const beginsEpoch = ({ rows, digest }: RowsBatch): boolean =>
  Buffer.compare(digestAfter(rows, undefined), digest) === 0;

function add(known: ChainRead, rows: readonly Row[]): void {
  for (const row of rows) {
    if (known.digest !== undefined) known.digest = digestAfter([row], known.digest);
    known.ordinal++;
    if (known.digest !== undefined) remember(known);
  }
}

function remember({ digests, ordinal, digest }: ChainRead): void {
  if (digest !== undefined) digests.set(ordinal, digest);
  digests.delete(ordinal - REMEMBERED);
}

/** Holds what the writer says of all rows up to the end of a message against what has been read. */
function settle(known: ChainRead, { chain, first, rows, digest }: RowsBatch, where: string): void {
  const end = first + rows.length;
  if (known.digest === undefined && end === known.ordinal) {
    known.digest = digest;
    remember(known);
    return;
  }
  const own = known.digests.get(end);
  if (own !== undefined && Buffer.compare(own, digest) !== 0)
    fail('input', where, `the rows of ${chain} up to ${end} as they were read`, 'others (their digest differs)');
}
