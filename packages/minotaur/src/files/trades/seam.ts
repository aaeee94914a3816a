/** Where one file ends and the next begins: is it the same instrument that goes on? */
import { fail } from 'minotaur-core/internal/base/errors';
import { compareIds, hasId, ID_WORDS, idText } from 'minotaur-core/internal/trades/id';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { placeOf, type SourceBlock } from './source-block.ts';

/** The last trade before a seam, as far as it is evidence. */
export interface SeamTrade {
  readonly price: number;
  /** Its words; absent where it has none. */
  readonly id?: readonly number[] | undefined;
}

/** A price that jumps by more than this share of itself, where ids step back too or there are none, is another instrument's. */
const JUMP = 0.5;

export interface Seam {
  /** The trades before it, the last of which is remembered. */
  pass(block: TradeBlock): void;
  /** Refuses a block, from row `from` on, that is evidently of another instrument than what passed. */
  require(block: SourceBlock, from?: number): void;
  /** The last trade that passed. */
  last(): SeamTrade | undefined;
}

/**
 * @param before the last trade of what is gone on from
 * @param byPrice whether a jump of the price is evidence by itself where there are no ids: not where splits are declared, or looked for
 */
export function createSeam(before?: SeamTrade, byPrice = true): Seam {
  let last = before;
  return {
    last: () => last,
    pass(block) {
      for (let i = block.length - 1; i >= 0; i--) {
        if (!isPriced(block, i)) continue;
        const id = hasId(block.id, i) ? [...block.id.subarray(ID_WORDS * i, ID_WORDS * (i + 1))] : undefined;
        last = { price: block.price[i], id };
        return;
      }
    },
    require(source, from = 0) {
      const { block } = source;
      if (last === undefined) return;
      let i = from;
      while (i < block.length && !isPriced(block, i)) i++;
      if (i === block.length || Math.abs(block.price[i] - last.price) <= JUMP * last.price) return;
      const found = `another's: price ${block.price[i]}`;
      if (last.id === undefined && !hasId(block.id, i) && byPrice) {
        const mend = 'a split is declared with `adjustments`; `accept` takes it as it is';
        fail('input', placeOf(source, i), `the instrument of the trades before (price ${last.price}); ${mend}`, found);
      }
      if (last.id === undefined || !hasId(block.id, i)) return;
      const words = Uint32Array.from(last.id);
      if (compareIds(block.id, i, words, 0) >= 0) return;
      fail(
        'input',
        placeOf(source, i),
        `the instrument of the trades before (price ${last.price}, id ${idText(words, 0)}); \`accept\` takes it as it is`,
        `${found}, and ids step back to ${idText(block.id, i)}`,
      );
    },
  };
}

const isPriced = ({ price }: TradeBlock, i: number): boolean => price[i] > 0 && price[i] < Infinity;
