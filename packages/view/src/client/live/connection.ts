/**
 * The page's one connection: it comes back after whatever ended it, asks for a token where the service wants one, and gives up a
 * stream that has gone silent.
 */
import type { LiveFacts, LiveNews } from '../../parts/live-data.ts';

/** `open`: it has told something; `lost`: it will be tried again; `token`: it waits for one. */
type Link = 'connecting' | 'open' | 'lost' | 'token';

/** How the connection is, and why it is not open. */
export interface LinkState {
  readonly link: Link;
  readonly why: string;
}

export interface Heard {
  readonly onFacts: (facts: LiveFacts) => void;
  readonly onNews: (news: LiveNews) => void;
  /** `why` is in words, for whoever looks at the page. */
  readonly onLink: (link: Link, why: string) => void;
}

export interface Connection {
  /** Tries at once with this token, which is kept for as long as the tab is open. */
  useToken(token: string): void;
  /** Asks for the bars of another clock. */
  useClock(name: string): void;
  /** Asks for something once, with the token. */
  ask(path: string): Promise<unknown>;
  close(): void;
}

const KEPT_AS = 'minotaur.token';
/** Milliseconds without a word after which another connection is made; between two tries at first, and at most. */
const [SILENCE, FIRST_PAUSE, LONGEST_PAUSE] = [15_000, 500, 5000];

export function openConnection(heard: Heard): Connection {
  let token = sessionStorage.getItem(KEPT_AS) ?? '';
  let clock: string | undefined;
  let pause = FIRST_PAUSE;
  let timer = 0;
  let attempt = new AbortController();
  const headers = (): HeadersInit => (token === '' ? {} : { Authorization: `Bearer ${token}` });
  const again = (wait: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), wait);
  };
  const run = async (): Promise<void> => {
    attempt.abort();
    const own = (attempt = new AbortController());
    const query = clock === undefined ? '' : `?clock=${encodeURIComponent(clock)}`;
    try {
      const response = await fetch(`/v1/dashboard${query}`, { headers: headers(), signal: own.signal });
      if (response.status === 401)
        return heard.onLink('token', token === '' ? '' : 'The service did not take this token.');
      if (!response.ok || response.body === null) throw new Error(await wordsOf(response));
      await read(response.body, own, (event, data) => {
        pause = FIRST_PAUSE;
        if (event === 'facts') heard.onFacts(data as LiveFacts);
        else if (event === 'news') heard.onNews(data as LiveNews);
      });
      throw new Error('the service ended the connection');
    } catch (error) {
      // Another attempt has its place.
      if (attempt !== own) return;
      heard.onLink('lost', error instanceof TypeError ? 'the service cannot be reached' : (error as Error).message);
      again(pause);
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
    }
  };
  void run();
  return {
    useToken(given) {
      token = given;
      sessionStorage.setItem(KEPT_AS, given);
      heard.onLink('connecting', '');
      again(0);
    },
    useClock(name) {
      clock = name;
      again(0);
    },
    async ask(path) {
      const response = await fetch(path, { headers: headers() });
      if (!response.ok) throw new Error(await wordsOf(response));
      return (await response.json()) as unknown;
    },
    close() {
      clearTimeout(timer);
      attempt.abort();
    },
  };
}

async function wordsOf(response: Response): Promise<string> {
  const said = (await response.json().catch(() => ({}))) as { readonly message?: string };
  return `the service answers ${response.status}${said.message === undefined ? '' : `: ${said.message}`}`;
}

/** Hands on each event of a stream, until it ends or is silent for too long. */
async function read(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  attempt: AbortController,
  onEvent: (event: string, data: unknown) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let watchdog = 0;
  const watch = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => attempt.abort(new Error('the service has gone silent')), SILENCE);
  };
  try {
    watch();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      watch();
      const events = (text + part.value).split('\n\n');
      text = events.pop() ?? '';
      for (const each of events) {
        const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(each) ?? [];
        if (data !== '') onEvent(event, JSON.parse(data));
      }
    }
  } finally {
    clearTimeout(watchdog);
  }
}
