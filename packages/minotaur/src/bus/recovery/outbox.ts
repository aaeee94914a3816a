/** Rows that are to be written, in order, one write at a time: what came while one was on its way is few messages. */
import { unsealedPredictions, unsealedRows, type RowsOf } from '../codec/rows.ts';
import type { Outgoing, Taken, Write } from './contract.ts';

/** Rows of one message, at most: 64 of 872 columns are 450 KB. */
export const ROWS_A_MESSAGE = 64;
/** Bytes of the rows of one write, at most, its last aside. */
const WRITE_BYTES = 1024 * 1024;

/** Rows of one chain, one after the other, and what was predicted from them. */
interface OutgoingRows extends Pick<Taken, 'rows' | 'predictions'> {
  readonly of: RowsOf;
  /** Of all rows of the epoch up to the last of these. */
  readonly digest: Uint8Array;
}

export interface Outbox {
  add(rows: OutgoingRows): void;
  next(): Write | undefined;
  written(): void;
  /** How often rows have been added. */
  readonly added: number;
  /** How many of these the log has. */
  readonly done: number;
  /** Bytes of rows that the log has not got. */
  readonly waiting: number;
}

/** All rows of a chain are of one width. */
const bytesOf = ({ rows }: OutgoingRows): number => (rows.length === 0 ? 0 : rows.length * rows[0].values.byteLength);

export function createOutbox(): Outbox {
  let entries: OutgoingRows[] = [];
  /** Of these, from the first on, those that are being written. */
  let writing = 0;
  let done = 0;
  let waiting = 0;
  return {
    get added() {
      return done + entries.length;
    },
    get done() {
      return done;
    },
    get waiting() {
      return waiting;
    },
    add(rows) {
      entries.push(rows);
      waiting += bytesOf(rows);
    },
    next() {
      if (writing > 0 || entries.length === 0) return undefined;
      for (let bytes = 0; writing < entries.length && bytes < WRITE_BYTES; writing++)
        bytes += bytesOf(entries[writing]);
      return { messages: messagesOf(entries.slice(0, writing)) };
    },
    written() {
      for (const rows of entries.slice(0, writing)) waiting -= bytesOf(rows);
      entries = entries.slice(writing);
      done += writing;
      writing = 0;
    },
  };
}

/** Rows of a chain that follow each other are a message: setting about a message costs more than what is in it. */
function messagesOf(entries: readonly OutgoingRows[]): Outgoing[] {
  const all: OutgoingRows[][] = [];
  const open = new Map<string, { readonly group: OutgoingRows[]; rows: number }>();
  for (const entry of entries) {
    const { chain, epoch } = entry.of;
    const { length } = entry.rows;
    const last = open.get(chain);
    if (last?.group[0].of.epoch === epoch && last.rows + length <= ROWS_A_MESSAGE) {
      last.group.push(entry);
      last.rows += length;
    } else {
      const group = [entry];
      open.set(chain, { group, rows: length });
      all.push(group);
    }
  }
  return all.flatMap(encoded);
}

function encoded(group: readonly OutgoingRows[]): Outgoing[] {
  const { of } = group[0];
  const { digest } = group[group.length - 1];
  const rows = group.flatMap((entry) => entry.rows);
  const predictions = group.flatMap((entry) => entry.predictions);
  const messages: Outgoing[] = [{ topic: 'rows', key: of.chain, value: unsealedRows({ ...of, rows, digest }) }];
  if (predictions.length > 0)
    messages.push({ topic: 'predictions', key: of.chain, value: unsealedPredictions({ ...of, predictions }) });
  return messages;
}
