/** What a file of trades says of its instrument: symbol, venue, and what its ids are good for. */
import { compareIds, hasId, ID_WORDS, isNumericId } from 'minotaur-core/internal/trades/id';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { IdKind } from 'minotaur-core/internal/trades/venues/profile';
import type { InputOptions } from '../csv/layout.ts';
import { symbolOfName } from './file-symbol.ts';
import { isTrade } from './is-trade.ts';
import type { TradeSource } from './text-trades.ts';

/** What a file tells; what it does not is absent. */
export interface ToldByFile {
  readonly file: string;
  /** By its rows, or by its name. */
  readonly symbol?: string | undefined;
  /** The name of a profile. */
  readonly venue?: string | undefined;
  /** By its first trades. */
  readonly ids: IdKind;
}

/** Trades that are looked at: rows of the first block. */
export const TOLD_BY_ROWS = 4096;
/** Of the steps from one id to the next, so many may be backwards where ids rise: late trades. */
const BACKWARDS = 0.1;

/**
 * Looks at the beginning of `source`, which is of one file; at its trades only where nobody has said what their ids are good for. `late`
 * as {@link kindOfIds} has it.
 */
export async function toldBySource(
  source: TradeSource,
  { late, instrument }: Pick<InputOptions, 'late' | 'instrument'>,
): Promise<ToldByFile> {
  const [file] = source.files;
  try {
    const [{ symbol = symbolOfName(file), venue }] = source.layouts;
    if (instrument?.ids !== undefined) return { file, symbol, venue, ids: instrument.ids };
    for await (const { block } of source.blocks()) {
      if (block.length > 0) return { file, symbol, venue, ids: kindOfIds(block, late) };
    }
    return { file, symbol, venue, ids: 'none' };
  } finally {
    source.close();
  }
}

/**
 * What ids are good for, by those of a block: mostly steps of exactly 1 are dense, steps forward rising, all else unique. `late`:
 * the trades are put in order of time before anything asks for their ids, so they are looked at in that order.
 */
export function kindOfIds(block: TradeBlock, late = false): IdKind {
  const { id, length, time } = block;
  const rows = Array.from({ length }, (_, i) => i).filter((i) => hasId(id, i) && isTrade(block, i));
  if (late) rows.sort((a, b) => time[a] - time[b] || compareIds(id, a, id, b));
  const steps = {
    ids: rows.length,
    numbers: rows.filter((i) => isNumericId(id, i)).length,
    ones: 0,
    forward: 0,
    backward: 0,
  };
  for (let k = 1; k < rows.length; k++) {
    const [before, i] = [rows[k - 1], rows[k]];
    const step = compareIds(id, i, id, before);
    if (step === 1 && id[ID_WORDS * i + 1] === id[ID_WORDS * before + 1]) steps.ones++;
    else if (step > 0) steps.forward++;
    else if (step < 0) steps.backward++;
  }
  return kindOfSteps(steps);
}

/** How ids follow each other. */
export interface IdSteps {
  /** How many there are. */
  readonly ids: number;
  /** Those that are numbers. */
  readonly numbers: number;
  /** Steps by 1, by more, and back. */
  readonly ones: number;
  readonly forward: number;
  readonly backward: number;
}

/** What ids are good for, by how they follow each other. */
export function kindOfSteps({ ids, numbers, ones, forward, backward }: IdSteps): IdKind {
  if (ids === 0) return 'none';
  if (numbers < ids) return 'unique';
  if (ones >= forward + backward) return 'dense';
  return backward <= BACKWARDS * (ones + forward + backward) ? 'rising' : 'unique';
}
