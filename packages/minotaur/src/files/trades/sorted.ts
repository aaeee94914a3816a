/** The trades of a file in order, where the file is not. */
import { compareIds, isNumericId } from 'minotaur-core/internal/trades/id';
import {
  appendTrades,
  copyTrades,
  pickTrades,
  createTradeBlock,
  type TradeBlock,
} from 'minotaur-core/internal/trades/trade';
import { BLOCK_ROWS, sourceBlock, type FileReader, type SourceBlock } from './source-block.ts';

/** A whole file. */
interface Whole extends Pick<SourceBlock, 'block' | 'numbers' | 'words' | 'leftOut'> {
  readonly coarse: ReadonlySet<number>;
  /** Any of its blocks, for what they share; undefined where there was none. */
  readonly sample: SourceBlock | undefined;
}

/**
 * The same file with its trades in order of time, those of one time by id where both have numbers, else as they stand, or
 * the other way round where the file has its newest trades first. All of it is in memory at once, some 110 bytes a trade. A trade
 * without a time stands last.
 */
export function sorted({ layout, blocks }: FileReader, blockRows = BLOCK_ROWS): FileReader {
  return { layout, blocks: () => sortedBlocks(blocks(), blockRows) };
}

async function* sortedBlocks(source: AsyncGenerator<SourceBlock>, blockRows: number): AsyncGenerator<SourceBlock> {
  const { sample, block, numbers, words, coarse, leftOut } = await readWhole(source);
  if (sample === undefined) return;
  const order = orderOf(block);
  // One block at least, for what it says was left out.
  for (let from = 0; from === 0 || from < order.length; from += blockRows) {
    const rows = order.slice(from, from + blockRows);
    yield sourceBlock({
      ...sample,
      block: pickTrades(block, rows),
      numbers: Float64Array.from(rows.map((row) => numbers[row])),
      words: new Map(rows.flatMap((row, i) => (words.has(row) ? [[i, words.get(row) ?? '']] : []))),
      coarse: rows.flatMap((row, i) => (coarse.has(row) ? [i] : [])),
      leftOut: from === 0 ? leftOut : {},
    });
  }
}

async function readWhole(source: AsyncGenerator<SourceBlock>): Promise<Whole> {
  let sample: SourceBlock | undefined;
  let block = createTradeBlock(BLOCK_ROWS);
  let numbers = new Float64Array(BLOCK_ROWS);
  const words = new Map<number, string>();
  const coarse = new Set<number>();
  const leftOut: Record<string, number> = {};
  for await (const part of source) {
    sample = part;
    const at = block.length;
    const needed = at + part.block.length;
    if (needed > numbers.length) {
      block = copyTrades(block, at, 2 * needed);
      const more = new Float64Array(2 * needed);
      more.set(numbers);
      numbers = more;
    }
    numbers.set(part.numbers.subarray(0, part.block.length), at);
    for (const [row, word] of part.words) words.set(at + row, word);
    for (const row of part.coarse ?? []) coarse.add(at + row);
    for (const [reason, count] of Object.entries(part.leftOut)) leftOut[reason] = (leftOut[reason] ?? 0) + count;
    appendTrades(block, part.block);
  }
  return { sample, block, numbers, words, coarse, leftOut };
}

/** Row numbers of `block` in the order of its trades. */
function orderOf({ length, time, id }: TradeBlock): number[] {
  const rows = Array.from({ length }, (_, i) => i);
  const rank = (row: number): number => (time[row] === time[row] ? time[row] : Infinity);
  const further = isNewestFirst(time, length) ? -1 : 1;
  return rows.sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) < rank(b) ? -1 : 1;
    return isNumericId(id, a) && isNumericId(id, b) ? compareIds(id, a, id, b) : further * (a - b);
  });
}

/** Whether no trade is later than the one before it, and several are earlier: a late one alone turns nothing around. */
function isNewestFirst(time: Float64Array, length: number): boolean {
  let back = 0;
  for (let i = 1; i < length; i++) {
    if (time[i] > time[i - 1]) return false;
    if (time[i] < time[i - 1]) back++;
  }
  return back > 1;
}
