/** A venue's messages, from text to what they say. */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { formatTime, MICROS_PER_DAY, MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { Decoded } from './decoded.ts';
import { parseStrict } from './json.ts';
import type { Messages } from './venue.ts';

/** A trade may be so much later than its arrival, by clocks that differ, and so much earlier. */
const LATEST = 10 * MICROS_PER_SECOND;
const EARLIEST = MICROS_PER_DAY;

/**
 * What one message says. It never throws: a message of no known form is `unknown`, whatever a sender does.
 * @param receivedAt microseconds; where it is given, a trade far from it is refused: a unit that has changed. A message that
 * may repeat trades from before the subscription may have old ones.
 */
export type Decode = (text: string, receivedAt?: number) => readonly Decoded[];

/** The decoder of one connection; the next one needs its own. */
export function createDecoder({ reader, plain = {} }: Messages): Decode {
  const read = reader();
  return (text, receivedAt) => {
    try {
      if (Object.hasOwn(plain, text)) return [plain[text]];
      const decoded = read(parseStrict(text));
      return receivedAt === undefined ? decoded : decoded.map((one) => timely(one, receivedAt));
    } catch (error) {
      return [unknownOf(error)];
    }
  };
}

/** A refusal as what was decoded. @throws what is no refusal: a fault of ours */
export function unknownOf(error: unknown): Decoded {
  if (!(error instanceof MinotaurError) || error.kind !== 'input') throw error;
  return { kind: 'unknown', ...error.facts };
}

function timely(one: Decoded, receivedAt: number): Decoded {
  if (one.kind !== 'trades') return one;
  const from = one.mayRepeat ? -Infinity : receivedAt - EARLIEST;
  const odd = one.trades.find(({ time }) => time < from || time > receivedAt + LATEST);
  if (odd === undefined) return one;
  const expected = `a time within a day before its arrival (${formatTime(receivedAt)}) and 10 s after it`;
  return { kind: 'unknown', where: 'message, time', expected, found: formatTime(odd.time) };
}
