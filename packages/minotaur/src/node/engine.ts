/** Chains in Node: those of core, given Node's own hash. */
import * as core from 'minotaur-core';
import type { ChainDescription, Engine, EngineSinks } from 'minotaur-core';
import { nodeHashing } from './hashing.ts';

const options: core.EngineOptions = { hashing: nodeHashing };

/**
 * Creates a chain from a configuration, the name of a preset, or a plan that is shared.
 * @throws {MinotaurError} where the configuration is not one, with the key, what was expected and what was found
 */
export function createEngine(chain: ChainDescription, sinks?: EngineSinks): Engine {
  return core.createEngine(chain, sinks, options);
}

/** Creates the chain that `bytes`, a snapshot of the same schema, was taken from, in the state it was in. */
export function restoreEngine(chain: ChainDescription, bytes: Uint8Array, sinks?: EngineSinks): Engine {
  return core.restoreEngine(chain, bytes, sinks, options);
}
