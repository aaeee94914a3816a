/** Messages of venues: every decoder answers whatever it is sent, and what it calls a trade is one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { VenueTrade } from '../../packages/minotaur/src/venues/contract/decoded.ts';
import type { Messages, Venue } from '../../packages/minotaur/src/venues/contract/venue.ts';
import { venues } from '../../packages/minotaur/src/venues/exchanges.gen.ts';
import { createLineDecoder } from '../../packages/minotaur/src/venues/recordings.ts';
import { ANNOUNCED, SAMPLES } from '../../packages/minotaur/src/venues/samples.ts';
import type { Target } from './fuzz.ts';

const ALL: readonly Messages[] = [...new Set(Object.values(venues).map(({ messages }: Venue) => messages))];
const RECORDED = fileURLToPath(new URL('../../../shared/data/venues/', import.meta.url));
/** Real messages of one recording. */
const OF_EACH = 30;

/** Real messages, where there are recordings. */
function recorded(): string[] {
  if (!existsSync(RECORDED)) return [];
  return readdirSync(RECORDED).flatMap((name) => {
    const file = join(RECORDED, name, 'frames.gz');
    if (!existsSync(file)) return [];
    const lines = gunzipSync(readFileSync(file)).toString().split('\n');
    return lines.slice(0, OF_EACH).filter((line) => line.length > 0 && line.length < 4000);
  });
}

function wrongWith({ symbol, id, time, price, quantity, buyerMaker }: VenueTrade): string | undefined {
  if (!(price > 0 && price < Infinity)) return `a price of ${price}`;
  if (!(quantity > 0 && quantity < Infinity)) return `a quantity of ${quantity}`;
  if (!(Number.isSafeInteger(time) && time >= 946_684_800_000_000 && time < 4_102_444_800_000_000))
    return `a time of ${time}`;
  if (typeof buyerMaker !== 'boolean') return 'a trade without a side';
  if (symbol !== undefined && !/^[^\s\p{C}]{1,64}$/u.test(symbol)) return 'a symbol that is none';
  if (typeof id === 'number' && !(Number.isSafeInteger(id) && id >= 0)) return `an id of ${id}`;
  return undefined;
}

export function decoders(): Target {
  return {
    seeds: [ANNOUNCED, ...SAMPLES, ...recorded()].map((text) => Buffer.from(text)),
    run(input) {
      const text = input.toString();
      for (const messages of ALL) {
        const decode = createLineDecoder(messages);
        if (messages.name === 'bitfinex') decode(ANNOUNCED);
        for (const one of decode(text)) {
          if (one.kind === 'unknown' && one.found.length > 200) return `${messages.name}: a long refusal`;
          if (one.kind !== 'trades') continue;
          for (const trade of one.trades) {
            const wrong = wrongWith(trade);
            if (wrong !== undefined) return `${messages.name}: ${wrong}`;
          }
        }
      }
      return undefined;
    },
  };
}
