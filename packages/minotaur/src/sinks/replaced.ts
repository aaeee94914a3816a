/** Which rows a correction takes away: those of an epoch from the first that it brings on. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { RowChain } from './row-store.ts';
import type { SinkBlock } from './sink-rows.ts';

export interface Replaced {
  /**
   * The ordinal from which on the rows of the block's epoch go; undefined where they are gone.
   * @throws {MinotaurError} where a block comes behind which rows of this correction would go
   */
  from(chain: RowChain, block: SinkBlock): number | undefined;
}

export function createReplaced(): Replaced {
  const begun = new Map<string, number>();
  return {
    from({ instruments, schemaId }, { epoch, ordinal }) {
      const name = `${instruments} ${schemaId} ${epoch}`;
      const first = begun.get(name);
      if (first !== undefined && ordinal < first)
        fail(
          'config',
          '--replace',
          `rows of ${instruments}, epoch ${epoch}, in order, the first of them first`,
          `ordinal ${ordinal} after ${first}`,
        );
      if (first !== undefined) return undefined;
      begun.set(name, ordinal);
      return ordinal;
    },
  };
}
