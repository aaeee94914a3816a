/** The joiner that suits what a venue's ids are good for. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { IdKind } from 'minotaur-core/internal/trades/venues/profile';
import type { Joiner, JoinerOptions, JoinerSinks } from './contract.ts';
import { createDenseJoiner } from './dense.ts';
import { createOverlapJoiner } from './overlap.ts';

/**
 * A joiner for ids of this kind.
 * @throws {MinotaurError} for a venue without ids: nothing could tell a trade that comes twice, or one that is missing
 */
export function createJoiner(ids: IdKind, sinks: JoinerSinks, options?: JoinerOptions): Joiner {
  if (ids === 'none') fail('config', 'live', 'a venue whose trades have ids', 'ids: none');
  return ids === 'dense' ? createDenseJoiner(sinks, options) : createOverlapJoiner(ids, sinks, options);
}
