/** What a venue's file gives: what its messages mean, and how it is listened to, asked, and read up on; all of it data or pure. */
import type { Decoded, VenueTrade } from './decoded.ts';
import type { Json } from './json.ts';

/** Where a fact comes from: real messages, the venue's documentation, or a person's memory, which is a guess. */
export type Provenance = 'seen' | 'documented' | 'memory';

export interface Fact<T> {
  readonly value: T;
  readonly from: Provenance;
}

export const seen = <const T>(value: T): Fact<T> => ({ value, from: 'seen' });
export const documented = <const T>(value: T): Fact<T> => ({ value, from: 'documented' });
export const memory = <const T>(value: T): Fact<T> => ({ value, from: 'memory' });

/** Reads one message after the other of one connection. @throws {MinotaurError} for one of no known form */
export type MessageReader = (message: Json) => readonly Decoded[];

/** What a venue's messages and answers mean; several of its markets may have them in common. */
export interface Messages {
  /** As in `binance websocket frames`. */
  readonly name: string;
  /** For a connection of its own: some venues announce a symbol once and number it from then on. */
  reader(): MessageReader;
  /** Texts that are no JSON, and what they mean. */
  readonly plain?: Readonly<Record<string, Decoded>>;
  /** The trades of an answer over REST, oldest first; undefined where it is none. @throws {MinotaurError} for a row of no known form */
  answer(message: Json): readonly VenueTrade[] | undefined;
}

/** How a connection is kept and known to live. */
interface KeepAlive {
  /** What the client sends, and how often; null: the pings of the protocol are enough. */
  readonly ping: { readonly text: string; readonly everyMs: number } | null;
  /** What proves life: an answer to a ping of the protocol, or any `heartbeat` that is decoded. */
  readonly proof: 'protocol' | 'heartbeat';
  /** Without such a proof for so long, the connection is dead. */
  readonly deadAfterMs: number;
}

/** What the venue allows a client; null: nothing is known. */
interface StreamLimits {
  readonly symbolsPerConnection: number | null;
  /** Sent by the client. */
  readonly messagesPerSecond: number | null;
  /** In one subscription. */
  readonly symbolsPerMessage: number | null;
  /** Connection attempts per minute. */
  readonly connectionsPerMinute: number | null;
}

export interface Stream {
  /** By profile; the first is tried first. */
  readonly urls: Readonly<Record<string, Fact<readonly string[]>>>;
  /** Texts to be sent, in this order, once the connection is open. */
  subscribe(symbols: readonly string[]): readonly string[];
  /** Where the form of the subscription comes from. */
  readonly subscription: Provenance;
  /** What is acknowledged: each text that subscribes, or each symbol. */
  readonly acknowledged: Fact<'text' | 'symbol'>;
  readonly keepAlive: Fact<KeepAlive>;
  /** Hours after which the venue closes a connection; null: it does not. */
  readonly closesAfterHours: Fact<number | null>;
  /** What the venue says before it closes one. */
  readonly reconnectRequest: Fact<string | null>;
  readonly limits: Fact<StreamLimits>;
}

/** What a page of trades is to begin with. */
export interface PageQuestion {
  readonly symbol: string;
  /** The profile of its market. */
  readonly profile: string;
  /** The lowest id that is missing; undefined where ids do not order. Without it and `since`: the newest page. */
  readonly fromId?: number | bigint | undefined;
  /** Microseconds: the time of the last trade before it. */
  readonly since?: number | undefined;
  /** Microseconds: the caller's clock. */
  readonly now: number;
  /** What the page before gave for the next. */
  readonly cursor?: string | undefined;
}

export interface PageRequest {
  readonly method: 'GET' | 'POST';
  readonly host: string;
  /** With the query. */
  readonly path: string;
  readonly body?: string;
}

/** How missed trades are asked for. */
interface Repair {
  readonly host: Fact<string>;
  request(question: PageQuestion): Omit<PageRequest, 'host'>;
  /** What the answer gives for the next page; undefined where ids or times are enough. */
  cursor?(answer: Json): string | undefined;
  /** Its answers call a symbol otherwise than it is asked for. */
  readonly renames?: true;
  /** What a page begins with: the id asked for, the time asked for, or whatever is newest. */
  readonly by: Fact<'id' | 'time' | 'newest'>;
  /** Most trades of one page. */
  readonly pageSize: Fact<number>;
  /** Units that a page costs, of those that are free in a minute. */
  readonly budget: Fact<{ readonly perPage: number; readonly perMinute: number; readonly unit: string }>;
  /** In words. */
  readonly reaches: Fact<string>;
  readonly needsKey: Fact<boolean>;
}

/** A file of one day's trades. */
interface DumpFile {
  readonly url: string;
  /** Of its checksum, `<hex digest>  <name>` as sha256sum writes it; null where there is none. */
  readonly checksum: string | null;
}

/** The venue's own record of whole days. */
export interface Dump {
  /** `day` as 2024-08-08. */
  file(symbol: string, day: string, profile: string): DumpFile;
  readonly address: Provenance;
  /** What the readers of files call it, by profile. */
  readonly layouts: Readonly<Record<string, Fact<string>>>;
  /** Profiles whose files have no ids: what they say of a day can be compared, but joined to nothing. */
  readonly withoutIds?: readonly string[];
  /** In words. */
  readonly published: Fact<string>;
  /** Where its days begin: hours that its zone is ahead of UTC. */
  readonly dayAheadHours: Fact<number>;
}

/** What one market has for itself. */
interface MarketParts {
  readonly id: Fact<string>;
  readonly repair: Pick<Repair, 'pageSize' | 'reaches'>;
}

declare const made: unique symbol;

interface VenueParts {
  /** Small letters, digits and dashes; the name of the file. */
  readonly name: string;
  readonly title: string;
  readonly messages: Messages;
  /** Profiles of its markets, which say contract, id kind and unit of time. */
  readonly profiles: readonly string[];
  /** What an id is, and how it gets into a trade. */
  readonly id: Fact<string>;
  /** The unit of its stream's times. */
  readonly time: Fact<'us' | 'ms' | 'ms or us'>;
  /** How the taker's side is told. */
  readonly side: Fact<string>;
  /** Which trades count: those that its dumps or answers have. */
  readonly counts: Fact<string>;
  /** Absent: read from recordings alone. */
  readonly stream?: Stream;
  readonly repair?: Repair;
  readonly dump?: Dump;
  /** What is otherwise in some of its markets, by profile. */
  readonly markets?: Readonly<Record<string, MarketParts>>;
}

/** A venue, made by {@link venue} alone. */
export interface Venue extends VenueParts {
  readonly [made]: true;
}

/** Declares a venue. */
export function venue(parts: VenueParts): Venue {
  return parts as Venue;
}
