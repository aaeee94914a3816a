/** What a session is doing, as metrics; what happened counts, and what is so now is set every second. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { venueOfMarket } from '../../venues/named.ts';
import type { FeedStatus } from '../../venues/wire/feed.ts';
import { isListenedTo, type ListenerStatus } from '../../venues/wire/listener.ts';
import type { FamilyName } from '../metrics/families.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Timings } from './pump.ts';
import type { SupervisorNote } from './notes.ts';

/** Whose metrics: as the venue and the instrument are named. */
interface Whose {
  readonly venue: string;
  readonly symbol: string;
}

/** Counts a note. */
export function countNote(metrics: Metrics, whose: Whose, note: SupervisorNote): void {
  const labels = { ...whose };
  if (note.what === 'hole') metrics.add('holes_total', 1, { ...labels, kind: note.hole.kind });
  else if (note.what === 'repaired') {
    metrics.add('holes_total', 1, { ...labels, kind: 'repaired' });
    metrics.add('repaired_trades_total', note.trades, labels);
  } else if (note.what === 'lost') metrics.add('reconnects_total', 1, { ...labels, cause: note.cause });
  else if (note.what === 'left-out') metrics.add('trades_dropped_total', 1, { ...labels, reason: 'left out' });
  else if (note.what === 'refused') metrics.add('trades_dropped_total', 1, { ...labels, reason: 'refused' });
}

/** Of what takes time. */
export function createTimings(metrics: Metrics, instruments: readonly Instrument[]): Timings {
  const labels = new Map(instruments.map(({ name, venue, symbol }) => [name, { venue: venue ?? '', symbol }]));
  return {
    transit: (instrument, seconds) => metrics.observe('exchange_to_receive_seconds', seconds, labels.get(instrument)),
    row: (seconds) => metrics.observe('receive_to_row_seconds', seconds),
    prediction: (seconds) => metrics.observe('prediction_seconds', seconds),
  };
}

/** Tells counters what has come since the last look at figures that only grow. */
function createGrowth(metrics: Metrics) {
  const counted = new Map<string, number>();
  return (name: FamilyName, count: number, labels: Readonly<Record<string, string>>): void => {
    const key = [name, ...Object.values(labels)].join('\n');
    metrics.add(name, count - (counted.get(key) ?? 0), labels);
    counted.set(key, count);
  };
}

/** Sets what is so now; `now`: milliseconds of a clock that never jumps. */
export function createMeters(metrics: Metrics, now: () => number): (profile: string, status: ListenerStatus) => void {
  const grow = createGrowth(metrics);
  const joiningSince = new Map<string, number>();
  const setFeed = (profile: string, feed: FeedStatus, isConnected: boolean): void => {
    const { symbol, last, isJoining, clockOffset, counts } = feed;
    const labels = { venue: profile, symbol };
    const key = `${profile}\n${symbol}`;
    const at = now();
    if (!isJoining) joiningSince.delete(key);
    else if (!joiningSince.has(key)) joiningSince.set(key, at);
    metrics.set('connected', isConnected ? 1 : 0, labels);
    metrics.set('hole_open', isJoining ? 1 : 0, labels);
    metrics.set('hole_open_seconds', (at - (joiningSince.get(key) ?? at)) / 1000, labels);
    if (last !== undefined) metrics.set('last_trade_timestamp_seconds', last.time / 1e6, labels);
    if (clockOffset === clockOffset) metrics.set('clock_offset_seconds', clockOffset / 1e6, labels);
    grow('trades_received_total', counts.handed - counts.repaired, { ...labels, origin: 'stream' });
    grow('trades_received_total', counts.repaired, { ...labels, origin: 'repair' });
    grow('trades_dropped_total', counts.duplicates, { ...labels, reason: 'duplicate' });
  };
  return (profile, listened) => {
    const { feeds, rest } = listened;
    for (const feed of feeds) setFeed(profile, feed, isListenedTo(listened, feed.symbol));
    // Markets of one venue share its budget.
    const venue = venueOfMarket(profile)?.name ?? profile;
    for (const [status, count] of Object.entries(rest.answers))
      grow('rest_requests_total', count, { venue, status: status === '0' ? 'none' : status });
    metrics.set('rest_weight_used_ratio', rest.used, { venue });
  };
}
