/**
 * One running chain. A historical build pushes blocks of many trades into it, a live session pushes one at a
 * time, and there is no other path. Engines share nothing; any number can run in a process.
 */
import { Chain } from './chain.ts';
import type { Engine, EngineOptions, EngineSinks } from './contract.ts';
import type { Plan } from './plan.ts';
import { createTurn } from './turn.ts';

/** A running chain of a plan. Engines of one plan share nothing but it, so a second costs little. */
export function createChain(plan: Plan, sinks: EngineSinks = {}, options: EngineOptions = {}): Engine {
  const turn = createTurn(sinks);
  const chain = new Chain(plan, turn.sinks, options);
  // A plain object, so that whoever stands around an engine spreads it and replaces what it changes.
  return {
    plan,
    schema: plan.schema,
    columns: plan.columns,
    push(trades, facts) {
      turn.begin('push');
      try {
        chain.push(trades, facts);
      } catch (error) {
        turn.failed(error);
      } finally {
        turn.end();
      }
    },
    pushBar: turn.of('pushBar', (bar, facts) => chain.pushBar(bar, facts)),
    pushSeries: turn.of('pushSeries', (name, row, facts) => chain.pushSeries(name, row, facts)),
    advance: turn.of('advance', (time, facts) => chain.advance(time, facts)),
    hole: turn.of('hole', (hole, facts) => chain.hole(hole, facts)),
    release: turn.of('release', (time, facts) => chain.release(time, facts)),
    epoch: () => chain.epoch,
    snapshot: turn.of('snapshot', (over) => chain.snapshot(over)),
    restore: turn.of('restore', (bytes, epoch) => chain.restore(bytes, epoch)),
    counts: () => chain.counts(),
    lastEvent: () => chain.lastEvent(),
  };
}
