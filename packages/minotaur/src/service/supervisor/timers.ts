/** What a session does by the clock: a silent market has moved on, the record goes to the disk, a snapshot is taken. */
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import { feedsOf, type Listened, type NamedListener } from './listening.ts';
import type { Pump } from './pump.ts';
import type { LiveChain } from './session-chain.ts';
import type { SupervisorNote } from './notes.ts';
import { createTicker, PATIENCE, type Patience, type Watched } from './ticker.ts';

/** Milliseconds between two looks at the clock. */
const TICK = 250;
/** Milliseconds from handing the record to the disk to the next time. */
const SYNC = 1000;

export interface Timed {
  readonly order: {
    readonly around: Surroundings;
    readonly patience?: Partial<Patience> | undefined;
    /** Milliseconds. Default 60,000. */
    readonly snapshotEvery?: number | undefined;
    readonly onNote: (note: SupervisorNote) => void;
  };
  readonly chain: LiveChain;
  readonly pump: Pump;
  readonly listeners: readonly NamedListener[];
  readonly listened: readonly Listened[];
  readonly onBroken: (error: unknown) => void;
}

export function startTimers({ order, chain, pump, listeners, listened, onBroken }: Timed): { stop(): void } {
  const { around, patience, snapshotEvery = 60_000, onNote } = order;
  const feeds = (): readonly Watched[] => feedsOf(listeners, listened);
  const onAbsent = (instrument: string, until: number): void => onNote({ instrument, what: 'absent', until });
  const tick = createTicker({ chain, pump, feeds, around, patience: { ...PATIENCE, ...patience }, onAbsent });
  let stopped = false;
  let snapshotAt = around.now() + snapshotEvery;
  let syncAt = around.now() + SYNC;
  let off = (): void => {};
  const record = (): void => {
    // Whoever reads along does not wait for what comes next, which may be long in coming.
    if (pump.waiting === 0) chain.settle();
    if (around.now() >= syncAt) {
      // What a loss of power may take: a second.
      syncAt = around.now() + SYNC;
      chain.sync();
    }
    if (around.now() >= snapshotAt && pump.waiting === 0) {
      snapshotAt = around.now() + snapshotEvery;
      chain.snapshot();
    }
  };
  const turn = (): void => {
    if (stopped) return;
    tick();
    try {
      record();
    } catch (error) {
      onBroken(error);
    }
    off = around.later(TICK, turn);
  };
  off = around.later(TICK, turn);
  return {
    stop() {
      stopped = true;
      off();
    },
  };
}
