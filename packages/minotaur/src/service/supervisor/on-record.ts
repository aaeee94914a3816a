/** What a session finds of the one before it, in one pass over the journal. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { tradeOfRow } from 'minotaur-core/internal/trades/trade';
import { openJournal } from '../../journal/reader.ts';
import { createSeeds, type Seeds } from './seeds.ts';

export interface OnRecord {
  /** The newest trades of each instrument. */
  readonly seeds: Seeds;
  /**
   * Whether it can be gone on with: a session that began with history was killed before all that it goes on behind was on record,
   * unless there is a snapshot behind its start.
   */
  readonly isWhole: boolean;
}

export function readOnRecord(directory: string, instruments: readonly Instrument[]): OnRecord {
  const seeds = createSeeds(instruments);
  let isWhole = true;
  for (const { record } of openJournal(directory).records()) {
    if (record.kind === 'trade') seeds.add(record.instrument, tradeOfRow(record));
    else if (record.kind === 'start') isWhole = record.state === undefined || (record.state.recovered === true && isWhole);
    else if (record.kind === 'snapshot') isWhole = true;
  }
  return { seeds: seeds.take(), isWhole };
}
