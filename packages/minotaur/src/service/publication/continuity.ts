/** What was not as it should be, and from when to when: read off the events of a session, kept for a day. */
import type { EventMessage } from '../protocol/messages.ts';

/**
 * `down`: no connection; `repair`: trades are missing and asked for; `repaired`: they came; `official`: the venue itself has none
 * there; `open`: nobody gave them; `halt`: the venue said that trading halts; `ended`: no session ran.
 */
type SpanKind = 'down' | 'repair' | 'repaired' | 'official' | 'open' | 'halt' | 'ended';

/** A stretch of time in which something was amiss. */
export interface Span {
  /** Counts them. */
  readonly number: number;
  readonly kind: SpanKind;
  /** Empty where it is of the session. */
  readonly instrument: string;
  /** Microseconds. */
  readonly from: number;
  /** Null while it lasts. */
  readonly to: number | null;
  /** First and last id, where they are known. */
  readonly ids: readonly [first: string, last: string] | null;
  /** Trades that were filled in, or are missing; null where nobody knows. */
  readonly trades: number | null;
  readonly why: string;
}

export interface Continuity {
  /** Counts changes. */
  readonly version: number;
  /** Those that are new or different behind that version, the oldest first. */
  since(version: number): readonly Span[];
  /** What an event says of it. */
  hear(event: EventMessage): void;
  /** One that is known otherwise: from before this session. */
  add(span: Omit<Span, 'number'>): void;
  /** Hears of each that is over. */
  onOver: (span: Span) => void;
}

const DAY = 86_400_000_000;
const MOST = 5000;
/** Connections that end because another has their place. */
const REPLACED: ReadonlySet<unknown> = new Set(['rotated', 'stopped']);

type Data = Readonly<Record<string, unknown>>;
type Begun = Partial<Pick<Span, 'ids' | 'trades' | 'why'>>;

export function createContinuity(): Continuity {
  const spans = new Map<number, { span: Span; version: number }>();
  const lasting = new Map<string, number>();
  let [number, version] = [0, 0];
  const put = (span: Span): void => {
    spans.set(span.number, { span, version: ++version });
    if (span.to === null) return;
    for (const [old, { span: known }] of spans)
      if (spans.size > MOST || (known.to !== null && known.to < span.to - DAY)) spans.delete(old);
      else break;
    continuity.onOver(span);
  };
  const add = (span: Omit<Span, 'number'>): void => put({ ...span, number: number++ });
  const begin = (kind: SpanKind, instrument: string, from: number, more: Begun): void => {
    if (lasting.has(`${kind} ${instrument}`)) return;
    lasting.set(`${kind} ${instrument}`, number);
    add({ kind, instrument, from, to: null, ids: null, trades: null, why: '', ...more });
  };
  /** Whether there was one. */
  const end = (kind: SpanKind, instrument: string, to: number, more: Partial<Span>): boolean => {
    const lasts = lasting.get(`${kind} ${instrument}`);
    const known = lasts === undefined ? undefined : spans.get(lasts)?.span;
    lasting.delete(`${kind} ${instrument}`);
    if (known !== undefined) put({ ...known, to, ...more });
    return known !== undefined;
  };
  const told: Readonly<Record<string, (instrument: string, time: number, data: Data) => void>> = {
    lost(instrument, time, { cause, detail }) {
      if (!REPLACED.has(cause)) begin('down', instrument, time, { why: wordsOf(cause, detail) });
    },
    subscribed: (instrument, time) => void end('down', instrument, time, {}),
    waiting(instrument, time, { first, next }) {
      begin('repair', instrument, time, { ids: idsOf(first, Number(next) - 1), trades: Number(next) - Number(first) });
    },
    repaired(instrument, time, { first, last, trades }) {
      end('repair', instrument, time, { kind: 'repaired', ids: idsOf(first, last), trades: Number(trades) });
    },
    came: (instrument, time) => void end('repair', instrument, time, { kind: 'repaired' }),
    hole(instrument, time, { hole }) {
      if (typeof hole !== 'object' || hole === null) return;
      const { kind, from, to, ids, why } = hole as Data;
      const [first, last] = Array.isArray(ids) ? (ids as readonly number[]) : [NaN, NaN];
      const known = last - first + 1;
      const more = { ids: known > 0 ? idsOf(first, last) : null, trades: known > 0 ? known : null, why: String(why) };
      const is = kind === 'official' ? 'official' : 'open';
      // What was waited for turned out to be this.
      if (end('repair', instrument, time, { kind: is, from: Number(from), ...more })) return;
      add({ kind: is, instrument, from: Number(from), to: Math.max(Number(from), Number(to)), ...more });
    },
    market(instrument, time, { isOpen, state }) {
      if (isOpen === true) void end('halt', instrument, time, {});
      else begin('halt', instrument, time, { why: String(state) });
    },
  };
  const continuity: Continuity = {
    get version() {
      return version;
    },
    since: (from) => Array.from(spans.values()).flatMap((kept) => (kept.version > from ? [kept.span] : [])),
    hear({ event, time, data }) {
      const { instrument } = data;
      told[event]?.(typeof instrument === 'string' ? instrument : '', time, data);
    },
    add,
    onOver: () => {},
  };
  return continuity;
}

const idsOf = (first: unknown, last: unknown): readonly [string, string] => [String(first), String(last)];

const wordsOf = (...parts: readonly unknown[]): string => parts.filter((part) => part !== '').join(', ');
