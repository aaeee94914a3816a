/** Trades of files as the reader gives them, one object each. */
import { idText } from 'minotaur-core/internal/trades/id';
import { placeOf } from '../packages/minotaur/src/files/trades/source-block.ts';
import { openTrades, type FileLayout, type InputOptions } from '../packages/minotaur/src/files/trades/trade-source.ts';

export interface ReadTrade {
  readonly time: number;
  readonly id: string;
  readonly price: number;
  readonly quantity: number;
  readonly side: number;
  readonly place: string;
}

export interface ReadTrades {
  readonly trades: readonly ReadTrade[];
  readonly leftOut: Readonly<Record<string, number>>;
  readonly layouts: readonly FileLayout[];
}

export async function readTrades(paths: readonly string[], options: InputOptions = {}): Promise<ReadTrades> {
  const source = await openTrades(paths, options);
  const trades: ReadTrade[] = [];
  const leftOut: Record<string, number> = {};
  try {
    for await (const { block, ...where } of source.blocks()) {
      const { time, id, price, quantity, side } = block;
      for (let i = 0; i < block.length; i++) {
        trades.push({
          time: time[i],
          id: idText(id, i),
          price: price[i],
          quantity: quantity[i],
          side: side[i],
          place: placeOf(where, i),
        });
      }
      for (const [reason, count] of Object.entries(where.leftOut)) leftOut[reason] = (leftOut[reason] ?? 0) + count;
    }
  } finally {
    source.close();
  }
  return { trades, leftOut, layouts: source.layouts };
}
