/** How long the wire waits for what; milliseconds. */

export interface WireTimes {
  /** For a connection to be open. */
  readonly handshake: number;
  /** For all subscriptions to be acknowledged. */
  readonly acknowledgement: number;
  /** Between pings of the protocol. */
  readonly ping: number;
  /** Without a proof of life; absent: as the venue has it. */
  readonly deadAfter?: number | undefined;
  /** Before the second attempt to connect, at most; then twice as long each time. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** A connection that lived so long was a good one: the next attempt is a first one again. */
  readonly stable: number;
  /** Before a subscription that was refused is tried again. */
  readonly refused: number;
  /** Of one connection, before a second takes its place; absent: an hour before the venue closes it. */
  readonly life?: number | undefined;
  /** Two connections of one subscription at most. */
  readonly overlap: number;
  /** In which three messages of no known form are too many. */
  readonly garbled: number;
  /** Of a stream before REST is asked whether there is something newer. */
  readonly silence: number;
  /** After REST had something newer, until the stream is taken for mute. */
  readonly mute: number;
  /** For an answer over REST, whole. */
  readonly answer: number;
}

export const WIRE_TIMES: WireTimes = {
  handshake: 10_000,
  acknowledgement: 10_000,
  ping: 5000,
  firstPause: 250,
  longestPause: 30_000,
  stable: 10_000,
  refused: 60_000,
  overlap: 60_000,
  garbled: 60_000,
  silence: 10_000,
  mute: 2000,
  answer: 10_000,
};
