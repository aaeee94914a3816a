/** Whether a silent stream has missed something: REST is asked, ever less often, and what it has newest says. */
import type { Joiner } from '../joiner/contract.ts';
import type { Rest } from './rest.ts';
import { newest, type AskedMarket } from './repair.ts';
import type { Surroundings } from './surroundings.ts';
import type { WireTimes } from './times.ts';
import type { VenueTime } from './venue-time.ts';

/** What asking about silent markets may take of the venue's budget, by whom a hole is repaired too. */
const ASKING = 0.25;
/** The same answer so often is believed: one may be of a server that is behind. */
const BELIEVED = 2;

/** What somebody who reads the log should know. */
export type NewsNote =
  | { readonly what: 'not-repaired'; readonly why: string; readonly retryAfter: number }
  /** REST has newer trades, the stream is silent. */
  | { readonly what: 'mute'; readonly newest: string };

export interface NewsOrder {
  readonly market: AskedMarket;
  readonly joiner: Joiner;
  readonly rest: Rest;
  readonly venueTime: VenueTime;
  readonly times: WireTimes;
  readonly around: Surroundings;
  /** Markets that share the venue's budget. */
  readonly markets: number;
  readonly onNote: (note: NewsNote) => void;
  /** The stream says nothing while there are trades. */
  readonly onMute: (detail: string) => void;
}

/** All that is known of a stream's silence; monotonic milliseconds. */
export interface News {
  /** The stream begins: it has given nothing yet. */
  subscribed(now: number): void;
  /** It gave a trade. */
  heard(now: number): void;
  /** It has given all there was at `time` of the venue. */
  level(time: number): void;
  /** The venue counts further than its stream gave; the trade may be on its way. */
  ahead(now: number): void;
  /** REST is ahead of the stream, in these words. */
  behind(detail: string): void;
  /** REST has answered: from here on {@link behind} is of this answer. */
  answering(): void;
  /** An answer to what was asked for news at `asked` has been used. */
  answered(asked: number, now: number): void;
  /** Asks REST, where it is time. */
  wake(now: number): void;
  stop(): void;
  /** When REST is asked for news; Infinity: not before the stream is subscribed. */
  readonly due: number;
  /** When the stream gave a trade, or was subscribed. */
  readonly since: number;
  /** Whether the stream has given all there is since it was subscribed: what REST has beyond, it should have given. */
  readonly isLevel: boolean;
  /** Microseconds of the venue: until then the stream gave all there is. */
  readonly proven: number;
}

interface Silence extends NewsOrder {
  since: number;
  askAt: number;
  patience: number;
  /** A market without news is asked about less often: up to so many times the first silence. */
  readonly mostPatience: number;
  isLevel: boolean;
  isBehind: boolean;
  /** Answers of REST in a row that had nothing newer, and when the first of them was asked for. */
  unchanged: { readonly since: number; readonly answers: number } | undefined;
  proven: number;
  /** What REST had newest while the stream had given nothing yet. */
  seen: string | undefined;
  isAsking: boolean;
  isStopped: boolean;
}

export function createNews(order: NewsOrder): News {
  const { joiner, times, around } = order;
  const silence: Silence = {
    ...order,
    since: around.now(),
    askAt: Infinity,
    patience: 1,
    mostPatience: mostPatienceOf(order),
    isLevel: false,
    isBehind: false,
    unchanged: undefined,
    proven: -Infinity,
    seen: undefined,
    isAsking: false,
    isStopped: false,
  };
  return {
    subscribed(now) {
      silence.since = now;
      silence.patience = 1;
      silence.isLevel = false;
      silence.unchanged = undefined;
      // What was missed may be the newest there is: nothing need follow it for long.
      silence.askAt = now + (joiner.last() === undefined ? times.silence : times.mute);
    },
    heard(now) {
      silence.since = now;
      silence.askAt = now + times.silence;
      silence.patience = 1;
    },
    level: (time) => level(silence, time),
    ahead: (now) => void (silence.askAt = Math.min(silence.askAt, now + times.mute)),
    behind(detail) {
      silence.isBehind = true;
      if (silence.isLevel) suspect(silence, detail);
    },
    answering: () => void (silence.isBehind = false),
    answered: (asked, now) => believe(silence, asked, now),
    wake(now) {
      if (now >= silence.askAt) ask(silence, now);
    },
    stop: () => void (silence.isStopped = true),
    get due() {
      return silence.askAt;
    },
    get since() {
      return silence.since;
    },
    get isLevel() {
      return silence.isLevel;
    },
    get proven() {
      return silence.proven;
    },
  };
}

/** So that all silent markets together ask no more than they may. */
function mostPatienceOf({ market: { venue }, markets, times }: NewsOrder): number {
  const { perMinute, perPage } = venue.repair?.budget.value ?? { perMinute: Infinity, perPage: 1 };
  const perSilence = (ASKING * (perMinute / perPage) * times.silence) / 60_000;
  return Math.max(1, Math.ceil((BELIEVED * markets) / perSilence));
}

function level(silence: Silence, time: number): void {
  silence.isLevel = true;
  silence.unchanged = undefined;
  if (time > silence.proven) silence.proven = time;
}

/** Whether the venue has something newer than the stream gave. */
function ask(silence: Silence, now: number): void {
  const { joiner, rest, times } = silence;
  // This process stood still: what came meanwhile is not read yet.
  if (now > silence.askAt + times.mute) return void (silence.askAt = now + times.mute);
  silence.askAt = now + silence.patience * times.silence;
  silence.patience = Math.min(silence.mostPatience, 2 * silence.patience);
  if (!rest.canAsk) return;
  if (joiner.last() !== undefined) joiner.probe(now);
  else void compare(silence);
}

/** Before the stream's first trade: REST's newest moves on, or it does not. */
async function compare(silence: Silence): Promise<void> {
  if (silence.isAsking) return;
  silence.isAsking = true;
  const found = await newest(silence.market);
  silence.isAsking = false;
  if (silence.isStopped || silence.joiner.last() !== undefined) return;
  if ('failed' in found)
    return silence.onNote({ what: 'not-repaired', why: found.failed, retryAfter: found.retryAfter });
  const id = found.at(-1)?.id;
  if (id === undefined) return;
  const before = silence.seen;
  silence.seen = String(id);
  if (before !== undefined && before !== silence.seen) suspect(silence, `newest ${silence.seen}, before ${before}`);
}

/** REST was ahead: a stream that says nothing for a while yet is mute. */
function suspect(silence: Silence, detail: string): void {
  const { around, since, times, onNote, onMute } = silence;
  const at = around.now() + times.mute;
  around.later(times.mute, () => {
    if (silence.isStopped || silence.since !== since) return;
    if (around.now() > at + times.mute) return suspect(silence, detail);
    onNote({ what: 'mute', newest: detail });
    onMute(detail);
  });
}

/** What REST says of news: one answer without any may be of a server that is behind, and nothing else speaks for a silent stream. */
function believe(silence: Silence, asked: number, now: number): void {
  if (silence.isBehind) return void (silence.unchanged = undefined);
  const { since = asked, answers = 0 } = silence.unchanged ?? {};
  if (answers + 1 === BELIEVED) return level(silence, silence.venueTime.at(since));
  silence.unchanged = { since, answers: answers + 1 };
  silence.askAt = Math.min(silence.askAt, now + silence.times.mute);
}
