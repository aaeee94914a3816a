/** Venues by their names. */
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import type { Venue } from './contract/venue.ts';
import { createDecoder, type Decode } from './contract/decode.ts';
import { venues } from './exchanges.gen.ts';

const ALL: readonly Venue[] = Object.values(venues);

/** The venue with this market, `binance-usdm`; undefined where none has it. */
export function venueOfMarket(profile: string): Venue | undefined {
  return ALL.find(({ profiles }) => profiles.includes(profile));
}

/** The venue of this name. @throws {MinotaurError} of kind `config`, with the nearest name, where there is none */
export function venueNamed(name: string): Venue {
  const found = ALL.find((venue) => venue.name === name);
  if (found !== undefined) return found;
  const names = ALL.map((venue) => venue.name);
  return fail('config', 'venue', names.join(', '), `${name}${nearest(name, names)}`);
}

/**
 * Reads the messages of a venue's stream, one connection after its beginning.
 *
 *     const decode = decoderOf('binance-spot');
 *     for (const said of decode(text)) if (said.kind === 'trades') for (const trade of said.trades) engine.push(trade);
 *
 * @throws {MinotaurError} where there is no such venue; the decoder itself never throws: what it cannot read is `unknown`
 */
export function decoderOf(venue: string): Decode {
  return createDecoder(venueNamed(venue).messages);
}
