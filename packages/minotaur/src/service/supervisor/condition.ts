/** What a session is doing, by how its feeds are. */
import type { WatchedFeed } from '../publication/monitor.ts';
import type { ServiceState } from '../publication/status.ts';

/** `repairing` where an instrument is not connected, or trades of it are missing; `halted` where no market is open. */
export function stateOf(feeds: readonly WatchedFeed[]): Extract<ServiceState, 'live' | 'repairing' | 'halted'> {
  if (feeds.some(({ isConnected, isJoining }) => !isConnected || isJoining)) return 'repairing';
  return feeds.length > 0 && feeds.every(({ isHalted }) => isHalted) ? 'halted' : 'live';
}

/** Those that are not connected, in words; undefined where all are. */
export function disconnectedText(feeds: readonly WatchedFeed[]): string | undefined {
  const names = feeds.filter(({ isConnected }) => !isConnected).map(({ instrument }) => instrument);
  return names.length === 0 ? undefined : `not connected: ${names.join(', ')}`;
}
