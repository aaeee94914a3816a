/** Chains in Node: those of core, given Node's own hash. */
import * as core from 'minotaur-core';
import type { ChainDescription, Engine, EngineOptions, EngineSinks } from 'minotaur-core';
import { nodeHashing } from './hashing.ts';

/**
 * Creates a chain from a configuration, the name of a preset, or a plan that is shared.
 * @throws {MinotaurError} where the configuration is not one, with the key, what was expected and what was found
 */
export function createEngine(
  chain: ChainDescription,
  sinks?: EngineSinks,
  options?: Pick<EngineOptions, 'epoch'>,
): Engine {
  return core.createEngine(chain, sinks, { ...options, hashing: nodeHashing });
}

/**
 * Creates the chain that `bytes`, a snapshot of the same schema, was taken from, in the state it was in; in another epoch where
 * the options say so.
 */
export function restoreEngine(
  chain: ChainDescription,
  bytes: Uint8Array,
  sinks?: EngineSinks,
  options?: Pick<EngineOptions, 'epoch'>,
): Engine {
  return core.restoreEngine(chain, bytes, sinks, { ...options, hashing: nodeHashing });
}
