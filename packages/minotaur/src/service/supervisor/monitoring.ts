/** Watches a session: what it is doing, how far its warm-up is, how quick it is; for probes, metrics and whoever looks at it. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { isListenedTo } from '../../venues/wire/listener.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Vitals } from '../publication/vitals.ts';
import { warmupText, type WatchedFeed, type WarmupProgress } from '../publication/monitor.ts';
import type { Publication } from '../publication/publication.ts';
import { onceATurn } from '../../node/once-a-turn.ts';
import { disconnectedText, stateOf } from './condition.ts';
import { openContinuityFile } from './continuity-file.ts';
import { watchLoop } from './loop-watch.ts';
import type { Timings } from './pump.ts';
import type { Supervisor } from './supervisor.ts';

export interface MonitoringOrder {
  readonly supervisor: Supervisor;
  readonly publication: Publication;
  readonly plan: Plan;
  readonly metrics: Metrics;
  /** Directory of the record. */
  readonly journal: string;
  readonly around: Surroundings;
}

const SECOND = 1000;
/** Milliseconds without a connection from which on rows lag. */
const LAGGING = 5000;
/** Milliseconds for which one arrival in a hundred may wait: longer, so many seconds in a row, and the service is not ready. */
const MOST_DELAY = 250;
const MOST_SLOW = 5;

/** Watches until what is returned is called, when the session has ended. */
export function startMonitoring(order: MonitoringOrder): () => void {
  const { supervisor, publication, plan, metrics, journal, around } = order;
  const { monitor } = publication;
  const began = around.wall();
  const file = openContinuityFile(journal, monitor.continuity, {
    now: began,
    onFailed: (error) => publication.event('note', { text: 'what was amiss is not kept', error: String(error) }),
  });
  const before = supervisor.chain.counts().bars;
  monitor.look = () => ({
    feeds: feedsOf(supervisor, plan),
    warmup: warmupOf(supervisor, plan, { before, seconds: (around.wall() - began) / 1e6 }),
    trades: supervisor.chain.counts().trades,
    since: file.since,
  });
  const follow = (): void => {
    const { state } = publication;
    if (state !== 'bootstrapping' && state !== 'stopped') publication.setState(stateOf(feedsOf(supervisor, plan)));
  };
  // While all is well rows say nothing of how feeds are: what ends that is an event.
  const { events } = publication.recent;
  let heard = events.next;
  const followSoon = onceATurn(follow);
  const unlisten = publication.listen(() => {
    if (publication.state === 'live' && events.next === heard) return;
    heard = events.next;
    followSoon();
  });
  const loop = watchLoop();
  let slow = 0;
  let connectedAt = around.now();
  let counted = supervisor.chain.counts().trades;
  const timer = setInterval(() => {
    follow();
    const { feeds, warmup, trades } = monitor.look();
    const disconnected = disconnectedText(feeds);
    if (disconnected === undefined) connectedAt = around.now();
    publication.setReason('lag', around.now() - connectedAt < LAGGING ? undefined : disconnected);
    for (const { clock, bars, needed } of warmup) metrics.set('warmup_ratio', Math.min(1, bars / needed), { clock });
    const text = warmupText(warmup);
    if (text !== undefined && publication.reasons.some(({ code }) => code === 'warm-up'))
      publication.setReason('warm-up', text);
    const delay = loop.look();
    slow = delay > MOST_DELAY ? slow + 1 : 0;
    const words = `what arrives waits for up to ${Math.round(delay)} ms`;
    publication.setReason('busy', slow >= MOST_SLOW ? words : undefined);
    monitor.vitals.second(around.wall(), trades - counted, delay);
    counted = trades;
    file.alive(around.wall());
  }, SECOND);
  return () => {
    clearInterval(timer);
    unlisten();
    loop.stop();
    file.end(around.wall());
  };
}

/** What takes time, told to the page; and to `also`. */
export function timingsOf(vitals: Vitals, also?: Timings): Timings {
  return {
    transit(instrument, seconds) {
      vitals.transit(1000 * seconds);
      also?.transit(instrument, seconds);
    },
    row(seconds) {
      vitals.work(1000 * seconds);
      also?.row(seconds);
    },
    prediction: (seconds) => also?.prediction(seconds),
  };
}

function warmupOf(
  { chain }: Supervisor,
  { clocks }: Plan,
  { before, seconds }: { readonly before: Readonly<Record<string, number>>; readonly seconds: number },
): readonly WarmupProgress[] {
  const { bars: closed } = chain.counts();
  return clocks.map(({ name: clock, suffix, warmup: { bars: needed, because } }) => {
    const bars = closed[clock] ?? 0;
    const rate = (bars - (before[clock] ?? 0)) / seconds;
    const remaining = bars >= needed ? 0 : rate > 0 ? (needed - bars) / rate : NaN;
    return { clock, bars, needed, because: because === undefined ? '' : because + suffix, remaining };
  });
}

function feedsOf(supervisor: Supervisor, { instruments }: Plan): readonly WatchedFeed[] {
  return [...supervisor.status()].flatMap(([venue, status]) =>
    status.feeds.map(({ symbol, last, isJoining, isHalted, clockOffset }) => {
      const own = instruments.find((one) => one.venue === venue && one.symbol === symbol);
      const isConnected = isListenedTo(status, symbol);
      const lastTrade = last?.time ?? NaN;
      return {
        instrument: own?.name ?? symbol,
        venue,
        symbol,
        isConnected,
        isJoining,
        isHalted,
        lastTrade,
        clockOffset,
      };
    }),
  );
}
