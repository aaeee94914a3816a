/** First of all: whether what is served is to be relied on, and if not, why. */
import { count } from '../../parts/numbers.ts';
import type { LiveEvent, LiveFeed } from '../../parts/live-data.ts';
import type { LinkState } from './connection.ts';
import type { LiveState } from './state.ts';
import { clockText, lengthText } from './texts.ts';
import type { ServiceTime } from './time.ts';

interface VerdictProps {
  readonly state: LiveState | undefined;
  readonly link: LinkState;
  readonly time: ServiceTime;
}

/** Seconds without a word after which what is shown is old. */
const STALE = 3;

interface Judgement {
  readonly kind: 'good' | 'bad' | 'neutral';
  readonly word: string;
  readonly text: string;
}

/** Whether what is shown may no longer be so. */
export function isStale({ link }: LinkState, { silent }: ServiceTime): boolean {
  return link !== 'open' || silent > STALE;
}

function judge({ state, link, time }: VerdictProps): Judgement {
  if (state === undefined)
    return link.link === 'lost'
      ? { kind: 'bad', word: 'no connection', text: `${link.why}; it is tried again` }
      : { kind: 'neutral', word: 'connecting', text: '' };
  const { state: word, reasons, now } = state.now;
  if (isStale(link, time)) {
    const why = link.why === '' ? 'nothing has come from the service' : link.why;
    return { kind: 'bad', word: 'stale', text: `${why}; what is shown is of ${clockText(now)}` };
  }
  const text = reasons.length === 0 ? 'ready' : `not ready: ${reasons.map((each) => each.text).join('; ')}`;
  const isFine = word === 'live' && reasons.length === 0;
  return { kind: isFine ? 'good' : word === 'stopped' ? 'bad' : 'neutral', word, text };
}

export function Verdict(props: VerdictProps) {
  const { kind, word, text } = judge(props);
  const { state, time } = props;
  return (
    <section id="verdict" class={`verdict ${kind}`} aria-label="Verdict">
      <div class="word">
        <b role="status">{word}</b>
        {word === 'stale' && <span class="since">{` ${Math.floor(time.silent)} s`}</span>}
        <span class="why">{text}</span>
      </div>
      {state !== undefined && <Facts state={state} time={time} />}
    </section>
  );
}

function Facts({ state, time }: { readonly state: LiveState; readonly time: ServiceTime }) {
  const { facts, now, row } = state;
  const shadow = state.events.findLast(({ event }) => event === 'shadow');
  const ago = (at: number | null): string => (at === null ? 'none yet' : `${lengthText(time.now - at)} ago`);
  return (
    <dl class="figures-list">
      {now.feeds.map((feed) => (
        <div key={feed.instrument} class={feedClass(feed)}>
          <dt>{feed.symbol}</dt>
          <dd>
            {feed.venue} <small>{feedWords(feed)}</small>
          </dd>
        </div>
      ))}
      <Fact name="Newest trade" value={ago(newestTrade(now.feeds))} more={`${count(now.trades)} used`} />
      <Fact
        name="Newest row"
        value={ago(row?.time ?? null)}
        more={row === null ? '' : `${count(now.rows)} rows${row.complete ? '' : ', not complete'}`}
      />
      <Fact name="Against history" value={shadow === undefined ? 'not compared yet' : shadowWord(shadow)} more="" />
      <Fact name="Model" value={facts.artefact === null ? 'none' : facts.artefact.slice(0, 8)} more="" />
      <Fact name="Schema" value={facts.schemaId.slice(0, 8)} more={`${count(facts.columns.length)} columns`} />
      <Fact name="Session" value={facts.session.slice(0, 8)} more={`${count(now.subscribers)} subscribers`} />
    </dl>
  );
}

function Fact({ name, value, more }: { readonly name: string; readonly value: string; readonly more: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} <small>{more}</small>
      </dd>
    </div>
  );
}

const feedClass = ({ isConnected }: LiveFeed): string => (isConnected ? '' : 'cut');

function feedWords({ isConnected, isJoining, isHalted }: LiveFeed): string {
  if (!isConnected) return 'disconnected';
  if (isJoining) return 'repairing';
  return isHalted ? 'halted' : 'connected';
}

function newestTrade(feeds: readonly LiveFeed[]): number | null {
  const times = feeds.flatMap(({ lastTrade }) => (lastTrade === null ? [] : [lastTrade]));
  return times.length === 0 ? null : Math.max(...times);
}

/** Of the newest comparison with the venue's history, in the words of whoever made it. */
function shadowWord({ data }: LiveEvent): string {
  if (typeof data['text'] === 'string') return data['text'];
  return data['holds'] === true ? 'same bits' : 'differs';
}
