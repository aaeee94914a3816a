/**
 * Rows, predictions, bars and events of a service, in any runtime that has a WebSocket: Node 22 and browsers. It comes back
 * after whatever ended a connection, and hands on every message exactly once.
 */
import { decodeFrame } from '../protocol/frame.ts';
import {
  BINARY,
  CLOSE,
  TOKEN_PROTOCOL,
  type EventMessage,
  type Hello,
  type Message,
  type Subject,
} from '../protocol/messages.ts';
import { createProgress } from './resume.ts';

/** What is wanted, and from whom. */
export interface ConnectOptions {
  /** Of the service: `http://127.0.0.1:8787`. */
  readonly url: string;
  /** As `minotaur token` made it; absent for a service that asks for none. */
  readonly token?: string | undefined;
  /** Rows where absent. */
  readonly what?: readonly Subject[];
  /** Names of columns or patterns of them; all where absent. */
  readonly columns?: readonly string[];
  /** `epoch:ordinal` of the first row, or `latest`; the row that comes next where absent. */
  readonly from?: string;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
  /** Milliseconds before the second attempt to connect (250); doubled for each that fails, up to a minute. */
  readonly retryMs?: number;
}

/** A stream of messages over any number of connections. */
export interface Stream extends AsyncIterable<Message> {
  /** What the service said of itself when it was last connected. */
  readonly hello: Hello | undefined;
  /** Connections so far. */
  readonly connections: number;
  /** Ends it: the loop over it ends behind what came. */
  close(): void;
}

/** Why a stream cannot go on. */
export class StreamError extends Error {
  /** `gone`, `ahead`, `schema`, `refused`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'StreamError';
    this.code = code;
  }
}

/** Messages that wait for whoever reads: beyond, the connection is ended, and made again where it stood. */
const MOST_WAITING = 10_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Connects, and connects again.
 *
 *     for await (const message of connect({ url, token, what: ['rows', 'predictions'], from: '0:1200' }))
 *       if (message.kind === 'row' && message.ready) act(message.values);
 *
 * @returns a stream, which throws a {@link StreamError} where it cannot go on: the rows are gone or are others, or the service refuses
 */
export function connect(options: ConnectOptions): Stream {
  const { what = ['rows'], retryMs = 250, signal } = options;
  const progress = createProgress({ rows: what.includes('rows'), predictions: what.includes('predictions') });
  const waiting: Message[] = [];
  let hello: Hello | undefined;
  let connections = 0;
  let ended = false;
  let failure: StreamError | undefined;
  let socket: WebSocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let delay = retryMs;
  /** Not connected, because too much waits to be read. */
  let paused = false;
  let wake = (): void => {};
  const end = (error?: StreamError): void => {
    failure ??= error;
    ended = true;
    clearTimeout(retry);
    socket?.close();
    wake();
  };
  const take = (message: Message): void => {
    if (!progress.isNew(message)) return;
    waiting.push(message);
    if (waiting.length > MOST_WAITING) socket?.close();
    wake();
  };
  const open = (): void => {
    const current = openSocket(options, progress.from());
    socket = current;
    let greeted = false;
    current.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (ended || socket !== current) return;
      if (typeof data !== 'string') {
        const message = decodeFrame(data, hello?.clocks ?? []);
        if (message !== undefined) take(message);
        return;
      }
      const message = JSON.parse(data) as Hello | EventMessage;
      if (message.kind === 'event') return take(message);
      if (hello !== undefined && hello.schemaId !== message.schemaId)
        return end(new StreamError('schema', `expected rows of schema ${hello.schemaId}, found ${message.schemaId}`));
      greeted = true;
      delay = retryMs;
      connections++;
      hello = message;
      progress.greeted(message);
    });
    current.addEventListener('close', ({ code, reason }) => {
      if (ended || socket !== current) return;
      socket = undefined;
      const error = failureOf(code, reason);
      if (error !== undefined) return end(error);
      paused = waiting.length > MOST_WAITING;
      if (paused) return;
      if (greeted) return again();
      void refusalOf(options).then((refusal) => (refusal === undefined ? again() : end(refusal)));
    });
  };
  const again = (): void => {
    paused = false;
    if (ended) return;
    // Many that lost the same service do not come back at once.
    retry = setTimeout(open, delay * (0.5 + Math.random()));
    delay = Math.min(2 * delay, LONGEST_RETRY_MS);
  };
  const next = async (): Promise<IteratorResult<Message, undefined>> => {
    for (;;) {
      const message = waiting.shift();
      if (message !== undefined) {
        if (paused && waiting.length === 0) again();
        return { done: false, value: message };
      }
      if (failure !== undefined) throw failure;
      if (ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  if (signal?.aborted === true) ended = true;
  else open();
  signal?.addEventListener('abort', () => end());
  return {
    get hello() {
      return hello;
    },
    get connections() {
      return connections;
    },
    close: () => end(),
    [Symbol.asyncIterator]: () => ({
      next,
      return() {
        end();
        return Promise.resolve({ done: true as const, value: undefined });
      },
    }),
  };
}

function openSocket(
  { url, token, what = ['rows'], columns, from }: ConnectOptions,
  resumed: string | undefined,
): WebSocket {
  const address = new URL('/v1/stream', url.replace(/^http/, 'ws'));
  address.searchParams.set('what', what.join());
  if (columns !== undefined) address.searchParams.set('columns', columns.join());
  const place = resumed ?? from;
  if (place !== undefined) address.searchParams.set('from', place);
  const socket = new WebSocket(address, token === undefined ? [BINARY] : [BINARY, TOKEN_PROTOCOL + token]);
  socket.binaryType = 'arraybuffer';
  return socket;
}

function failureOf(code: number, reason: string): StreamError | undefined {
  if (code === CLOSE.gone) return new StreamError('gone', `expected rows that are still on record, ${reason}`);
  if (code === CLOSE.ahead) return new StreamError('ahead', `expected a row that the service knows, ${reason}`);
  return undefined;
}

/** A WebSocket does not say why it was not opened; the same path does. */
async function refusalOf({
  url,
  token,
  what = ['rows'],
  columns,
  from,
}: ConnectOptions): Promise<StreamError | undefined> {
  const address = new URL('/v1/stream', url.replace(/^ws/, 'http'));
  const query = { what: what.join(), ...(columns && { columns: columns.join() }), ...(from !== undefined && { from }) };
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    const response = await fetch(address, { headers });
    if (![400, 401, 403, 404, 421].includes(response.status)) return undefined;
    return new StreamError(
      'refused',
      `${response.status}: ${((await response.json()) as { message: string }).message}`,
    );
  } catch {
    return undefined;
  }
}
