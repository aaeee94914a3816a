/** Engines that are used again: a check run a hundred times over a few trades would spend its time making them. */
import type { Engine, EngineSinks } from 'minotaur-core/internal/chain/contract';
import type { sidesOf } from './check.ts';
import type { MakeEngine } from './trace.ts';

type Sides = ReturnType<typeof sidesOf>;

interface Pooled {
  readonly engine: Engine;
  /** The state before the first event. */
  readonly start: Uint8Array;
  sinks: EngineSinks;
}

/** `sides` whose engines, after `rewind`, are handed out again in the order in which they were made. */
export function poolSides(sides: Sides): { readonly sides: Sides; rewind(): void } {
  const pools = { historical: poolOf(sides.historical), live: poolOf(sides.live) };
  return {
    sides: { historical: pools.historical.make, live: pools.live.make },
    rewind: () => [pools.historical, pools.live].forEach((pool) => pool.rewind()),
  };
}

function poolOf(make: MakeEngine): { make: MakeEngine; rewind(): void } {
  const pooled: Pooled[] = [];
  let next = 0;
  return {
    make(sinks) {
      const known = pooled[next++];
      if (known === undefined) return add(pooled, make, sinks);
      known.sinks = sinks;
      known.engine.restore(known.start);
      return known.engine;
    },
    rewind: () => void (next = 0),
  };
}

function add(pooled: Pooled[], make: MakeEngine, sinks: EngineSinks): Engine {
  const engine = make({
    onBars: (bars) => entry.sinks.onBars?.(bars),
    onRows: (rows) => entry.sinks.onRows?.(rows),
    onNotice: (notice) => entry.sinks.onNotice?.(notice),
  });
  const entry: Pooled = { engine, start: engine.snapshot(), sinks };
  pooled.push(entry);
  return engine;
}
