/** What a session is doing, as metrics; what happened counts, and what is so now is set every second. */
import type { SupervisorNote } from './notes.ts';
import type { ListenerStatus } from '../../venues/wire/listener.ts';
import type { Metrics } from '../metrics/metrics.ts';

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

/** Sets what is so now. */
export function createMeters(metrics: Metrics): (venue: string, status: ListenerStatus) => void {
  const received = new Map<string, number>();
  return (venue, { connections, feeds }) => {
    for (const { symbol, last, isJoining, clockOffset, counts } of feeds) {
      const labels = { venue, symbol };
      const isConnected = connections.some((one) => one.isConnected && one.symbols.includes(symbol));
      metrics.set('connected', isConnected ? 1 : 0, labels);
      metrics.set('hole_open', isJoining ? 1 : 0, labels);
      if (last !== undefined) metrics.set('last_trade_timestamp_seconds', last.time / 1e6, labels);
      if (clockOffset === clockOffset) metrics.set('clock_offset_seconds', clockOffset / 1e6, labels);
      for (const [origin, count] of [
        ['stream', counts.handed - counts.repaired],
        ['repair', counts.repaired],
      ] as const) {
        const key = `${venue} ${symbol} ${origin}`;
        metrics.add('trades_received_total', count - (received.get(key) ?? 0), { ...labels, origin });
        received.set(key, count);
      }
    }
  };
}
