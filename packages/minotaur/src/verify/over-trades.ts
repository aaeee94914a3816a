/** Checks over trades that are at hand, for a chain that is not in files: an adapter of one's own, a test. */
import { optionsOf, requireKind, thing, whole } from 'minotaur-core/internal/base/options';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { CheckContext } from './harness/check.ts';
import { inTurns } from './harness/in-turns.ts';
import { reachOf } from './harness/reach.ts';
import { cutTurns } from './harness/several-stretch.ts';
import type { Sides } from './harness/sides.ts';
import { cutTrades, type Stretch } from './harness/stretch.ts';

/** What {@link contextOver} takes beside the trades. */
export interface ContextOptions {
  /** How history and a live session make their chains, where they are not plainly engines of the configuration. */
  readonly sides?: Sides;
  /** Of everything that a check does by chance; 1 where absent. */
  readonly seed?: number;
}

const CONTEXT = optionsOf<ContextOptions>({}, { sides: thing<Sides>('how both sides are made'), seed: whole });

/**
 * What checks are given, of a configuration and trades in order: blocks one after the other, or, of several instruments, the trades of each by
 * its name, which go in by time. The blocks are gone through once for every check and have to stay as they are.
 * @throws {MinotaurError} where the configuration is not one
 */
export function contextOver(
  config: ConfigInput | string,
  blocks: readonly TradeBlock[] | Readonly<Record<string, TradeBlock>>,
  options: ContextOptions = {},
): CheckContext {
  requireKind('contextOver', CONTEXT, options);
  const { sides, seed = 1 } = options;
  const plan = planOf(config);
  const isOne = (given: typeof blocks): given is readonly TradeBlock[] => Array.isArray(given);
  const open = (): AsyncGenerator<Stretch> =>
    isOne(blocks) ? stretchesOf(blocks) : cutTurns(inTurns(blocks, plan.lanes.skew), { reach: reachOf(plan) });
  return {
    plan,
    configSource: { kind: 'value', value: config },
    open,
    seed,
    ...(isOne(blocks) && { events: blocks.reduce((sum, { length }) => sum + length, 0) }),
    ...(sides && { sides }),
  };
}

async function* stretchesOf(blocks: readonly TradeBlock[]): AsyncGenerator<Stretch> {
  for (const block of blocks) yield* cutTrades(block);
}
