/**
 * Snapshots as a live session takes them: with the check sum of Node, between trades that come one at a time, each by itself. Taken one behind
 * the other they are of another kind: the memory of those before has not come back yet, and the pages of new memory cost more than the snapshot.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { recordEngine, type RecordedEngine } from '../packages/core/src/live/recording.ts';
import { copyTrade, createTradeBlock, sliceTrades } from '../packages/core/src/trades/trade.ts';
import { createJournal } from '../packages/minotaur/src/journal/writer.ts';
import { createEngine } from '../packages/minotaur/src/node/engine.ts';
import { quantile, summary, type Figure } from './harness.ts';
import { simulatedBlock } from './trades.ts';

/** Pushed as history before the first snapshot. */
const HISTORY = 2_000_000;
/** Trades between two snapshots: a few rows. */
const BETWEEN = 1000;
const SNAPSHOTS = 1000;
/** Of each kind, behind a pause in which others have the processor and its caches. */
const PAUSED = 100;
const PAUSE_MS = 25;

/** What a snapshot took, microseconds, of each kind. */
interface Taken {
  readonly fresh: number[];
  readonly over: number[];
  /** Recording and writing one, without taking it and without the wait for the disk. */
  readonly recorded: number[];
}

const none = (): Taken => ({ fresh: [], over: [], recorded: [] });

export async function snapshots(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-bench-'));
  try {
    return await measured(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(folder: string): Promise<Figure[]> {
  const session = openSession(folder);
  const running = none();
  // The first of them warm the compiler up, where a session takes one a minute.
  for (let i = 0; i < 2 * SNAPSHOTS; i++) session.take(i < SNAPSHOTS ? none() : running, i % 2 === 1);
  const behindPauses = none();
  for (let i = 0; i < 2 * PAUSED; i++) {
    await pause(PAUSE_MS);
    session.take(behindPauses, i % 2 === 1);
  }
  session.engine.stop();
  const one = (name: string, values: readonly number[], q: number, extra: Pick<Figure, 'asked' | 'note'> = {}) =>
    summary(name, 'us', [quantile(Float64Array.from(values).sort(), q)], extra);
  const asked = { under: 100 };
  const note = `behind ${PAUSE_MS} ms without a trade`;
  return [
    one('snapshot of the whole engine: p50', running.fresh, 0.5, { asked, note: `${running.fresh.length} snapshots` }),
    one('snapshot of the whole engine: p99', running.fresh, 0.99),
    one('the same, over the one before: p50', running.over, 0.5, { asked }),
    one('the same, over the one before: p99', running.over, 0.99),
    one('snapshot, caches cold: p50', behindPauses.fresh, 0.5, { note }),
    one('the same, over the one before, caches cold: p50', behindPauses.over, 0.5, { note }),
    one('a snapshot into the journal, without the disk: p50', running.recorded, 0.5),
    summary('its size', 'MB', [session.bytes() / 1e6], { asked: { under: 1 } }),
  ];
}

function openSession(folder: string) {
  const block = simulatedBlock(HISTORY + 2 * (SNAPSHOTS + PAUSED) * BETWEEN, 4);
  const [own, synced] = [{ micros: 0 }, { micros: 0 }];
  const ears = { onSynced: (milliseconds: number) => void (synced.micros = milliseconds * 1000) };
  const engine: RecordedEngine = recordEngine(createJournal(folder, { ears }), (sinks) => {
    const inner = createEngine('minotaur', sinks);
    return {
      ...inner,
      snapshot(over) {
        const started = performance.now();
        const bytes = inner.snapshot(over);
        own.micros = (performance.now() - started) * 1000;
        return bytes;
      },
    };
  });
  engine.push(sliceTrades(block, 0, HISTORY));
  const trade = createTradeBlock(1);
  trade.length = 1;
  let at = HISTORY;
  let kept = engine.snapshot();
  return {
    engine,
    bytes: () => kept.length,
    /** Trades, and a snapshot behind them. */
    take(into: Taken, over: boolean): void {
      for (const end = at + BETWEEN; at < end; at++) {
        copyTrade(trade, 0, block, at);
        engine.push(trade);
      }
      const started = performance.now();
      const taken = engine.snapshot(undefined, over ? kept : undefined);
      const whole = (performance.now() - started) * 1000;
      kept = taken;
      (over ? into.over : into.fresh).push(own.micros);
      into.recorded.push(whole - own.micros - synced.micros);
    },
  };
}
