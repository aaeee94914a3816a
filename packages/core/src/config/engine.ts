/** The door to a chain: from a configuration as written, the name of a preset, or a plan that is shared. */
import type { Engine, EngineOptions, EngineSinks } from '../chain/contract.ts';
import { createChain } from '../chain/engine.ts';
import { createPlan, type Plan } from '../chain/plan.ts';
import { parseConfig, type ConfigInput } from './config.ts';

/** A chain described: a configuration, the name of a preset, or what {@link planOf} made of one. */
export type ChainDescription = ConfigInput | string | Plan;

/** The plan of a chain. Made once and given to every engine of the chain: planning is nearly all that an engine costs. */
export function planOf(chain: ChainDescription): Plan {
  return typeof chain === 'object' && 'schema' in chain ? chain : createPlan(parseConfig(chain));
}

/**
 * Creates a chain.
 * @throws {MinotaurError} where the configuration is not one, with the key, what was expected and what was found
 */
export function createEngine(chain: ChainDescription, sinks: EngineSinks = {}, options: EngineOptions = {}): Engine {
  return createChain(planOf(chain), sinks, options);
}

/**
 * Creates the chain that `bytes`, a snapshot of the same schema, was taken from, in the state it was in; in another epoch where
 * the options say so.
 */
export function restoreEngine(
  chain: ChainDescription,
  bytes: Uint8Array,
  sinks: EngineSinks = {},
  options: EngineOptions = {},
): Engine {
  const engine = createEngine(chain, sinks, options);
  engine.restore(bytes, options.epoch);
  return engine;
}
