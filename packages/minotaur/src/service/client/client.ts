/**
 * Rows, predictions, bars and events of a service, in any runtime that has a WebSocket: Node 22 and browsers. It comes back
 * after whatever ended a connection, and hands on every message exactly once.
 */
import { decodeFrame } from '../protocol/frame.ts';
import {
  BINARY,
  CLOSE,
  TOKEN_PROTOCOL,
  type ClockColumns,
  type EventMessage,
  type Hello,
  type Message,
  type Subject,
} from '../protocol/messages.ts';
import { createQueue, type Queue } from './queue.ts';
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
  /**
   * `epoch:ordinal` of the first row, or `latest`; the row that comes next where absent. What is older than all that is on record is
   * `gone`, and so is `0:0` where a session began warm.
   */
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
  const { signal, retryMs = 250 } = options;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let delay = retryMs;
  let connection: Connection | undefined;
  let connections = 0;
  const queue = createQueue<Message>(() => {
    again();
  });
  const session = createSession(options, queue);
  const end = (failure?: StreamError): void => {
    queue.end(failure);
    clearTimeout(retry);
    connection?.close();
  };
  const again = (): void => {
    if (queue.isEnded || connection !== undefined || retry !== undefined) return;
    // Many that lost the same service do not come back at once.
    retry = setTimeout(open, delay * (0.5 + Math.random()));
    delay = Math.min(2 * delay, LONGEST_RETRY_MS);
  };
  const lost = (code: number, reason: string, greeted: boolean): void => {
    connection = undefined;
    if (queue.isEnded) return;
    const failure = failureOf(code, reason);
    if (failure !== undefined) return end(failure);
    // Where too much waits, whoever reads the last of it connects again.
    if (queue.size > MOST_WAITING) return;
    if (greeted) return again();
    void refusalOf(options).then((refusal) => (refusal === undefined ? again() : end(refusal)));
  };
  const open = (): void => {
    retry = undefined;
    connection = openConnection(openSocket(options, session.from()), {
      onHello(hello) {
        delay = retryMs;
        connections++;
        const failure = session.greeted(hello);
        if (failure !== undefined) end(failure);
      },
      onMessage(message) {
        if (!queue.isEnded && session.take(message) > MOST_WAITING) connection?.close();
      },
      onClose: lost,
      clocks: () => session.hello()?.clocks ?? [],
    });
  };
  if (signal?.aborted === true) queue.end();
  else open();
  signal?.addEventListener('abort', () => end());
  return {
    get hello() {
      return session.hello();
    },
    get connections() {
      return connections;
    },
    close: () => end(),
    [Symbol.asyncIterator]: () => ({
      next: () => queue.next(),
      return() {
        end();
        return Promise.resolve({ done: true as const, value: undefined });
      },
    }),
  };
}

/** What is known over all connections. */
function createSession({ what = ['rows'] }: ConnectOptions, queue: Queue<Message>) {
  const progress = createProgress({ rows: what.includes('rows'), predictions: what.includes('predictions') });
  let hello: Hello | undefined;
  return {
    hello: () => hello,
    from: () => progress.from(),
    /** Why the stream cannot go on with whoever greets, if so. */
    greeted(next: Hello): StreamError | undefined {
      if (hello !== undefined && hello.schemaId !== next.schemaId)
        return new StreamError('schema', `expected rows of schema ${hello.schemaId}, found ${next.schemaId}`);
      hello = next;
      progress.greeted(next);
      return undefined;
    },
    /** Hands on what is new; how many wait. */
    take(message: Message): number {
      if (progress.isNew(message)) queue.push(message);
      return queue.size;
    },
  };
}

/** One connection. */
interface Connection {
  close(): void;
}

interface ConnectionEars {
  readonly onHello: (hello: Hello) => void;
  readonly onMessage: (message: Message) => void;
  readonly onClose: (code: number, reason: string, greeted: boolean) => void;
  readonly clocks: () => readonly ClockColumns[];
}

function openConnection(socket: WebSocket, { onHello, onMessage, onClose, clocks }: ConnectionEars): Connection {
  let greeted = false;
  let closing = false;
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (closing) return;
    const message = typeof data === 'string' ? (JSON.parse(data) as Hello | EventMessage) : decodeFrame(data, clocks());
    if (message === undefined) return;
    if (message.kind !== 'hello') return onMessage(message);
    greeted = true;
    onHello(message);
  });
  socket.addEventListener('close', ({ code, reason }) => onClose(code, reason, greeted));
  return {
    close() {
      // What comes until the other end has answered comes again.
      closing = true;
      socket.close();
    },
  };
}

/** The stream's own path, by WebSocket or to ask why there is none. */
function addressOf({ what = ['rows'], columns }: ConnectOptions, url: string, from: string | undefined): URL {
  const address = new URL('/v1/stream', url);
  address.searchParams.set('what', what.join());
  if (columns !== undefined) address.searchParams.set('columns', columns.join());
  if (from !== undefined) address.searchParams.set('from', from);
  return address;
}

function openSocket(options: ConnectOptions, resumed: string | undefined): WebSocket {
  const { url, token, from } = options;
  const address = addressOf(options, url.replace(/^http/, 'ws'), resumed ?? from);
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
async function refusalOf(options: ConnectOptions): Promise<StreamError | undefined> {
  const { url, token, from } = options;
  const address = addressOf(options, url.replace(/^ws/, 'http'), from);
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
