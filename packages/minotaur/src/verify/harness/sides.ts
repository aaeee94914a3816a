/** The two sides that checks hold against each other, and how an engine of either is made. */
import type { Engine, EngineSinks } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { createEngine } from '../../node/engine.ts';

/** Makes one chain. What is verified need not be the engine as it ships: an adapter around it, or a planted fault. */
export type MakeEngine = (sinks: EngineSinks) => Engine;

/** How history and a live session make their chains. */
export interface Sides {
  /** The chain of a historical build. */
  readonly historical: MakeEngine;
  /** The chain of a live session. */
  readonly live: MakeEngine;
}

/** Makes engines that share a plan: planning is nearly all that an engine costs, and a check makes several. */
export function enginesOf(plan: Plan): MakeEngine {
  return (sinks) => createEngine(plan, sinks);
}

/** What a check compares: as given, or the plan's own engine on both sides. */
export function sidesOf({ plan, sides }: { readonly plan: Plan; readonly sides?: Sides | undefined }): Sides {
  const plain = enginesOf(plan);
  return sides ?? { historical: plain, live: plain };
}
