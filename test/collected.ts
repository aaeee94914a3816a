/** A chain whose rows are collected. */
import type { Engine, EngineSinks } from '../packages/core/src/chain/contract.ts';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import { createEngine, restoreEngine } from '../packages/core/src/config/engine.ts';

interface Run {
  engine: Engine;
  /** Time, values, ready, complete. */
  readonly rows: number[][];
}

/** Starts a chain, or goes on from a state; its rows go behind those of `rows`. */
export function start(settings: ConfigInput, rows: number[][] = [], state?: Uint8Array): Run {
  const sinks: EngineSinks = {
    onRows({ count, width, time, values, ready, complete }) {
      for (let r = 0; r < count; r++)
        rows.push([time[r], ...values.subarray(r * width, (r + 1) * width), ready[r], complete[r]]);
    },
  };
  return { engine: state === undefined ? createEngine(settings, sinks) : restoreEngine(settings, state, sinks), rows };
}
