/** Turns as a run over files has them: the one merge of feeds, over files or over what files of it would hold. */
import { parseSpan } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { createTradeBlock, sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { seriesCursor, tradeCursor, type Cursor, type Turn as FileTurn } from '../../files/feeds/cursor.ts';
import { inTurns } from '../../files/feeds/turns.ts';
import type { SeriesBlock } from '../../files/series-source.ts';
import { sourceBlock } from '../../files/trades/source-block.ts';
import type { SeriesTurn, Turn } from './turns.ts';

/** The same as plain data. */
export async function* plainTurns(turns: AsyncIterable<FileTurn>): AsyncGenerator<Turn> {
  for await (const turn of turns) {
    if (turn.kind === 'trades') {
      const { kind, instrument, read, from, to } = turn;
      yield { kind, instrument, block: sliceTrades(read.block, from, to) };
    } else if (turn.kind === 'series') {
      const { kind, name: instrument, block, from, to } = turn;
      const each = Array.from({ length: to - from }, (_, i) => from + i);
      const available = each.map((i) => block.availableAt(i));
      yield { kind, instrument, rows: each.map((i) => block.at(i)), available };
    } else if (turn.kind === 'advance' || turn.kind === 'hole') yield turn;
  }
}

/** The turns of files that hold these trades, by instrument, and these rows of series. */
export function turnsOfFiles(
  trades: Readonly<Record<string, TradeBlock>>,
  series: readonly SeriesTurn[],
  { config, instruments, clocks, drive, lanes }: Plan,
): AsyncGenerator<Turn> {
  const feeds = instruments.map(({ name, times, ids, officialGaps }) => {
    const block = trades[name] ?? createTradeBlock(0);
    const numbers = Float64Array.from({ length: block.length }, (_, i) => i + 1);
    const read = sourceBlock({ block, file: name, unit: 'row', numbers, words: new Map(), leftOut: {} });
    const isDense = ids === 'dense' && !officialGaps;
    return { instrument: name, newest: 0, cursors: [tradeCursor(name, once(read), { times, isDense })] };
  });
  const { times } = instruments[clocks[drive].instrument];
  const { reorder } = config.trades;
  const options = {
    drive: instruments[clocks[drive].instrument].name,
    skew: lanes.skew,
    within: reorder === undefined ? 0 : parseSpan(reorder.within),
    series: series.map((turn): Cursor => {
      return seriesCursor(turn.instrument, once({ file: turn.instrument, block: seriesBlock(turn) }), { times });
    }),
    limit: Infinity,
  };
  return plainTurns(inTurns(feeds, options));
}

function seriesBlock({ instrument, rows, available }: SeriesTurn): SeriesBlock {
  return {
    rows: rows.length,
    at: (i) => rows[i],
    availableAt: (i) => available[i],
    place: (i) => `${instrument} row ${i + 1}`,
  };
}

async function* once<T>(block: T): AsyncGenerator<T> {
  yield block;
}
