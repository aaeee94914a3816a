/** The chain of a job, which goes on from month to month as that of one long build does. */
import type { Config } from 'minotaur-core/internal/config/config';
import type { Engine, EngineSinks } from 'minotaur-core/internal/chain/contract';
import { portable } from 'minotaur-core/internal/config/portable';
import { createEngine } from '../../node/engine.ts';

export interface StepChain {
  /**
   * A chain for a step.
   * @param before key of the step before; null: there is none
   * @returns `isThere`: it has done that step itself, so that its state need not be restored
   */
  give(
    config: Config,
    sinks: EngineSinks,
    before: string | null,
  ): { readonly engine: Engine; readonly isThere: boolean };
  /** Its step is done, and has this key. */
  hasDone(key: string): void;
}

interface Held {
  readonly engine: Engine;
  /** Of the configuration, with what files told. */
  readonly text: string;
  /** Of the step that it is in. */
  sinks: EngineSinks;
  /** Of the last step, once it is done. */
  key?: string | undefined;
}

/** Begun anew, a chain is planned, restored and compiled again: a third of a second of processor time for the complete preset. */
export function createStepChain(): StepChain {
  let held: Held | undefined;
  return {
    give(config, sinks, before) {
      const text = JSON.stringify(portable(config));
      if (held?.key !== undefined && held.key === before && held.text === text) {
        Object.assign(held, { sinks, key: undefined });
        return { engine: held.engine, isThere: true };
      }
      const own: Held = {
        engine: createEngine(
          config,
          sinksOf(() => own.sinks),
        ),
        text,
        sinks,
      };
      held = own;
      return { engine: own.engine, isThere: false };
    },
    hasDone(key) {
      if (held !== undefined) held.key = key;
    },
  };
}

/** Those of the step that is being done. */
function sinksOf(now: () => EngineSinks): EngineSinks {
  return {
    onRows: (rows) => now().onRows?.(rows),
    onBars: (bars) => now().onBars?.(bars),
    onNotice: (notice, instrument) => now().onNotice?.(notice, instrument),
  };
}
