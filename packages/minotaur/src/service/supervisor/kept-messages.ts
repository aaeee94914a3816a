/** Messages of no known form, kept beside the record for whoever mends their decoder: a line of JSON each, up to a bound. */
import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { UnknownMessage } from '../../venues/wire/socket.ts';

/** Bytes of the file; what comes then is counted and no longer kept. */
const MOST = 16 * 1024 * 1024;
/** Bytes of one message. */
const LONGEST = 64 * 1024;
const KEPT_MESSAGES = 'unknown-messages.jsonl';

/** Keeps messages in the directory of the journal. A disk that takes no more costs a message, not the session. */
export function createKeptMessages(directory: string): (instrument: string, message: UnknownMessage) => void {
  const file = join(directory, KEPT_MESSAGES);
  let bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return (instrument, { raw, arrival, where, expected, found }) => {
    const text = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, LONGEST)).toString();
    const line = `${JSON.stringify({ arrival, instrument, where, expected, found, length: raw.length, text })}\n`;
    if (bytes + line.length > MOST) return;
    try {
      appendFileSync(file, line);
      bytes += Buffer.byteLength(line);
    } catch {
      bytes = Infinity;
    }
  };
}
