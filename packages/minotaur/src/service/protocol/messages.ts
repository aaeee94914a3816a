/** What a service tells its subscribers. */

/** What a subscriber may ask for. */
export const SUBJECTS = ['rows', 'predictions', 'bars', 'events'] as const;

/** One of them. */
export type Subject = (typeof SUBJECTS)[number];

/** Subprotocols of the stream. */
export const BINARY = 'minotaur.v1.binary';
/** The same in text. */
export const JSON_TEXT = 'minotaur.v1.json';
/** Before a token among the subprotocols, where a browser cannot send a header. */
export const TOKEN_PROTOCOL = 'minotaur.token.';

/** Why the service closed a stream, beside the codes of RFC 6455. */
export const CLOSE = {
  /** The service stops; come back. */
  goingAway: 1001,
  /** The subscriber sent a message. */
  policy: 1008,
  /** The subscriber did not read; the reason is `{"last":"epoch:ordinal"}`. */
  slow: 4008,
  /** What was asked for is gone; the reason is `{"first":"epoch:ordinal"}`. */
  gone: 4010,
  /** What was asked for cannot be yet: another journal; the reason is `{"next":"epoch:ordinal"}`. */
  ahead: 4016,
} as const;

/** A row as it went out of the chain. */
export interface RowMessage {
  /** Tells messages apart. */
  readonly kind: 'row';
  /** Of its position. */
  readonly epoch: number;
  /** Of its position. */
  readonly ordinal: number;
  /** Microseconds: the driving bar's `available_at`. */
  readonly time: number;
  /** Microseconds: when what completed it was received, by the feed's clock; NaN where that is not known. */
  readonly arrival: number;
  /** Every clock was warm. */
  readonly ready: boolean;
  /** No trade is known to be missing in it. */
  readonly complete: boolean;
  /** In the order of the columns that were asked for. */
  readonly values: Float64Array;
}

/** What a row is predicted to be; its position is the row's. */
export interface PredictionMessage {
  /** Tells messages apart. */
  readonly kind: 'prediction';
  /** Of its row. */
  readonly epoch: number;
  /** Of its row. */
  readonly ordinal: number;
  /** Of its row, microseconds. */
  readonly time: number;
  /** Of its row, microseconds. */
  readonly arrival: number;
  /** Whether the row was complete. */
  readonly complete: boolean;
  /** As the model says it; NaN where there is none. */
  readonly probability: number;
  /** After calibration. */
  readonly calibrated: number;
  /** 1 where the threshold is reached, else 0; NaN where there is no probability. */
  readonly signal: number;
  /** Why there is no probability; empty where there is one. */
  readonly refusal: string;
}

/** A closed bar of one clock. */
export interface BarMessage {
  /** Tells messages apart. */
  readonly kind: 'bar';
  /** Of the chain when it closed. */
  readonly epoch: number;
  /** Bars of its clock before it. */
  readonly ordinal: number;
  /** Name of the clock. */
  readonly clock: string;
  /** Microseconds: its `available_at`. */
  readonly time: number;
  /** Microseconds: when what closed it was received; NaN where that is not known. */
  readonly arrival: number;
  /** In the order of the clock's columns. */
  readonly values: Float64Array;
}

/** Something that happened beside rows: a hole, a reconnect, another state. */
export interface EventMessage {
  /** Tells messages apart. */
  readonly kind: 'event';
  /** Counts the events of the session from 0. */
  readonly number: number;
  /** Microseconds, by the service's clock. */
  readonly time: number;
  /** `state`, `unready`, `hole`, `reconnect`, `note`, ... */
  readonly event: string;
  /** What is known of it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Anything that is published. */
export type Message = RowMessage | PredictionMessage | BarMessage | EventMessage;

/** A clock and the columns of its bars, in order. */
export interface ClockColumns {
  /** As configured. */
  readonly name: string;
  /** Of the values of a bar. */
  readonly columns: readonly string[];
}

/** Who speaks: what rows mean, and whether they are those that a model was made for. */
export interface Speaker {
  /** Of this run of the service. */
  readonly session: string;
  /** Identity of the rows: another id, other rows. */
  readonly schemaId: string;
  /** Digest of the artefact that predicts; null where nothing is predicted. */
  readonly artefact: string | null;
  /** Version of Minotaur. */
  readonly engineVersion: string;
  /** What is traded. */
  readonly instruments: readonly string[];
  /** Clocks with their columns. */
  readonly clocks: readonly ClockColumns[];
}

/** The first message of a stream. */
export interface Hello extends Speaker {
  /** Tells messages apart. */
  readonly kind: 'hello';
  /** Names of the values of rows on this stream, in order. */
  readonly columns: readonly string[];
  /** The first row that will come. */
  readonly from: string;
  /** The oldest row that could have been asked for. */
  readonly first: string;
  /** The row that the chain makes next. */
  readonly next: string;
}

/** JSON has no NaN and no infinities: they are texts, because null would become 0. */
const plain = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** Numbers as JSON, what is not finite as text. */
export function numbersText(values: Float64Array): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const sep = i === 0 ? '' : ',';
    text += Number.isFinite(value) ? `${sep}${value}` : `${sep}"${value}"`;
  }
  return `${text}]`;
}

/** A message as JSON. */
export function messageText(message: Message | Hello): string {
  if (!('values' in message)) return JSON.stringify(message, plain);
  const { values, ...rest } = message;
  return `${JSON.stringify(rest, plain).slice(0, -1)},"values":${numbersText(values)}}`;
}
