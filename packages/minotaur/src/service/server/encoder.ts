/** Messages as a subscriber asked for them. Subscribers that ask alike get the same bytes, made once. */
import { frameRow } from '../protocol/frame.ts';
import { messageText, type RowMessage } from '../protocol/messages.ts';
import type { Fed } from './feed.ts';

/** Bytes, or text. */
type Encoded = Uint8Array<ArrayBuffer> | string;

/** How a subscriber wants it. */
export interface Format {
  readonly binary: boolean;
  /** Places of the columns that he wants; undefined for all. */
  readonly picks: readonly number[] | undefined;
}

/** Encodes for all subscribers. */
export type Encoder = (fed: Fed, format: Format) => Encoded;

/** Only the values at `picks`. */
export function pickColumns(row: RowMessage, picks: readonly number[] | undefined): RowMessage {
  return picks === undefined ? row : { ...row, values: Float64Array.from(picks, (at) => row.values[at]) };
}

function encode(fed: Fed, { binary, picks }: Format): Encoded {
  const { message, frame } = fed;
  const picked = message.kind === 'row' ? pickColumns(message, picks) : message;
  if (!binary || frame === undefined) return messageText(picked);
  return picked.kind === 'row' && picked !== message ? frameRow(picked).frame : frame;
}

/** Remembers the newest message of each format: subscribers that read are at the same one. */
export function createEncoder(): Encoder {
  const newest = new Map<string, { readonly message: Fed['message']; readonly encoded: Encoded }>();
  return (fed, format) => {
    if (format.binary && format.picks === undefined) return encode(fed, format);
    const key = `${format.binary}${format.picks?.join() ?? ''}`;
    const known = newest.get(key);
    if (known?.message === fed.message) return known.encoded;
    const encoded = encode(fed, format);
    if (newest.size >= MOST_FORMATS) newest.clear();
    newest.set(key, { message: fed.message, encoded });
    return encoded;
  };
}

const MOST_FORMATS = 64;
