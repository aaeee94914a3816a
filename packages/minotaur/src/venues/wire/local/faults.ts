/** What a venue on this machine may be told to do wrong, from then on. */

/** How trades come on the stream: as they should, each twice, neighbours swapped, or not at all. */
export type Way = 'plainly' | 'twice' | 'swapped' | 'lost';

export interface LocalFaults {
  way: Way;
  /** Milliseconds before it answers a handshake. */
  handshakeDelay: number;
  /** It answers a handshake with this status instead. */
  handshakeStatus: number | undefined;
  /** What it makes of a subscription; `mute`: it acknowledges, and says nothing more of it. */
  subscription: 'taken' | 'refused' | 'ignored' | 'mute';
  /** Milliseconds until REST has what the stream said. */
  restLag: number;
  /** REST gives half of what it has for a page. */
  restHalf: boolean;
  /** What REST does with the next requests, first come, first served. */
  readonly restNext: RestFault[];
}

/** One answer that is none. */
export type RestFault =
  /** `retryAfter`: seconds, in a header. */
  | { readonly what: 'status'; readonly status: number; readonly retryAfter?: number }
  | { readonly what: 'empty' }
  /** Nothing comes. */
  | { readonly what: 'hang' }
  /** So many bytes of nothing; without end where they are Infinity. */
  | { readonly what: 'endless'; readonly bytes: number }
  /** These bytes, compressed. */
  | { readonly what: 'gzip'; readonly body: Uint8Array }
  | { readonly what: 'redirect'; readonly to: string }
  | { readonly what: 'garbled' };

export const noFaults = (): LocalFaults => ({
  way: 'plainly',
  handshakeDelay: 0,
  handshakeStatus: undefined,
  subscription: 'taken',
  restLag: 0,
  restHalf: false,
  restNext: [],
});
