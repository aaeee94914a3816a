/** What a session finds of the one before it, read from the end of its journal, so that what it costs does not grow with it. */
import { readFileSync } from 'node:fs';
import type { EmittedRow } from 'minotaur-core/internal/live/record';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { decodeRecord } from '../../journal/decode.ts';
import { KIND, WARM } from '../../journal/format.ts';
import { rawRecords } from '../../journal/raw-records.ts';
import { openJournal } from '../../journal/reader.ts';
import { servedIn, type ServedModel } from '../../store/served-model.ts';
import { REMEMBERED } from './row-tail.ts';
import { seedsOnRecord, type Seeds } from './seeds.ts';

export interface OnRecord {
  /** The newest trades of each instrument. */
  readonly seeds: Seeds;
  /**
   * Whether it can be gone on with: a session that began with history was killed before all that it goes on behind was on record,
   * unless there is a snapshot behind its start.
   */
  readonly isWhole: boolean;
  /** Whether the newest row was ready, or, where there is none, the next one is by the history that the session began with. */
  readonly isReady: boolean;
  /** The newest rows, as many as may be looked back at. */
  readonly rows: readonly EmittedRow[];
  /** What predicted last, where it is told. */
  readonly served: ServedModel | undefined;
}

/** What the records of a segment, or of the newest of them, come to. */
interface Found {
  /** Undefined: as what stands before says. */
  isWhole: boolean | undefined;
  /** Undefined: no row, and no word of it. */
  isReady: boolean | undefined;
  /** Rows and what predicted before are of another chain of rows. */
  isBeginning: boolean;
  served: ServedModel | undefined;
  rows: EmittedRow[];
}

/** @param predicts whether rows and what predicted matter */
export function readOnRecord(
  directory: string,
  instruments: readonly Instrument[],
  { predicts }: { readonly predicts: boolean },
): OnRecord {
  const journal = openJournal(directory);
  let found = nothing();
  for (const segment of journal.segments.toReversed()) {
    const isEnough = found.isBeginning || (found.served !== undefined && found.rows.length >= REMEMBERED);
    const isKnown = found.isBeginning || found.isReady !== undefined;
    if (found.isWhole !== undefined && isKnown && (!predicts || isEnough)) break;
    found = behind(foundIn(segment, predicts), found);
  }
  const { isWhole = true, isReady = false, rows, served } = found;
  return { seeds: seedsOnRecord(journal, instruments), isWhole, isReady, rows, served };
}

/** Kinds that are read whatever the session is. */
const READ: ReadonlySet<number> = new Set([KIND.start, KIND.snapshot, KIND.note]);

const nothing = (): Found => ({
  isWhole: undefined,
  isReady: undefined,
  isBeginning: false,
  served: undefined,
  rows: [],
});

function foundIn(segment: string, predicts: boolean): Found {
  const found = nothing();
  let newest: Uint8Array | undefined;
  for (const { kind, body } of rawRecords(readFileSync(segment), segment)) {
    if (kind === KIND.row) newest = body;
    if (!READ.has(kind) && !(predicts && kind === KIND.row)) continue;
    const [record] = decodeRecord(kind, body, new Map()) ?? [];
    if (record?.kind === 'snapshot') found.isWhole = true;
    else if (record?.kind === 'note' && record.text === WARM) found.isReady = true;
    else if (record?.kind === 'note') found.served = servedIn(record.text) ?? found.served;
    else if (record?.kind === 'row') addRow(found.rows, record);
    else if (record?.kind === 'start' && record.state?.recovered !== true) {
      found.isWhole = record.state === undefined;
      found.isBeginning = true;
      found.isReady = undefined;
      found.rows = [];
      newest = undefined;
    }
  }
  const [row] = (newest && decodeRecord(KIND.row, newest, new Map())) ?? [];
  if (row?.kind === 'row') found.isReady = row.ready;
  return found;
}

/** A row that lacked its predictions as the session ended is there once more. */
function addRow(rows: EmittedRow[], row: EmittedRow): void {
  while ((rows.at(-1)?.ordinal ?? -1) >= row.ordinal) rows.pop();
  rows.push(row);
  if (rows.length > 2 * REMEMBERED) rows.splice(0, REMEMBERED);
}

function behind(older: Found, newer: Found): Found {
  if (newer.isBeginning) return { ...newer, isWhole: newer.isWhole ?? older.isWhole };
  const rows = [...older.rows];
  for (const row of newer.rows) addRow(rows, row);
  return {
    isWhole: newer.isWhole ?? older.isWhole,
    isReady: newer.isReady ?? older.isReady,
    isBeginning: older.isBeginning,
    served: newer.served ?? older.served,
    rows,
  };
}
