/** Venues: what the messages of their streams mean. */
export { decoderOf } from './venues/named.ts';
export type { Decode } from './venues/contract/decode.ts';
export type { Decoded, VenueTrade } from './venues/contract/decoded.ts';
