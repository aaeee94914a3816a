/** What a session finds of the one before it, in one pass over the journal. */
import type { EmittedRow } from 'minotaur-core/internal/live/record';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { tradeOfRow } from 'minotaur-core/internal/trades/trade';
import { openJournal } from '../../journal/reader.ts';
import { servedIn, type ServedModel } from '../../store/served-model.ts';
import { REMEMBERED } from './row-tail.ts';
import { createSeeds, type Seeds } from './seeds.ts';

export interface OnRecord {
  /** The newest trades of each instrument. */
  readonly seeds: Seeds;
  /**
   * Whether it can be gone on with: a session that began with history was killed before all that it goes on behind was on record,
   * unless there is a snapshot behind its start.
   */
  readonly isWhole: boolean;
  /** The newest rows, as many as may be looked back at. */
  readonly rows: readonly EmittedRow[];
  /** What predicted last, where it is told. */
  readonly served: ServedModel | undefined;
}

export function readOnRecord(directory: string, instruments: readonly Instrument[]): OnRecord {
  const seeds = createSeeds(instruments);
  let isWhole = true;
  let served: ServedModel | undefined;
  let rows: EmittedRow[] = [];
  for (const { record } of openJournal(directory).records()) {
    if (record.kind === 'trade') seeds.add(record.instrument, tradeOfRow(record));
    else if (record.kind === 'start')
      isWhole = record.state === undefined || (record.state.recovered === true && isWhole);
    else if (record.kind === 'snapshot') isWhole = true;
    else if (record.kind === 'note') served = servedIn(record.text) ?? served;
    else if (record.kind === 'row') {
      // A row that lacked its predictions as the session ended is there once more.
      while ((rows.at(-1)?.ordinal ?? -1) >= record.ordinal) rows.pop();
      rows.push(record);
      if (rows.length > 2 * REMEMBERED) rows = rows.slice(-REMEMBERED);
    }
  }
  return { seeds: seeds.take(), isWhole, rows, served };
}
