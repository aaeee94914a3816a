/** Turns as a run over files has them: the one merge of feeds, over files or over what files of it would hold. */
import { availableAtOf } from 'minotaur-core/internal/bars/given';
import { parseSpan } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { createTradeBlock, sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { barCursor, seriesCursor, tradeCursor, type Cursor, type Turn as FileTurn } from '../../files/feeds/cursor.ts';
import { inTurns } from '../../files/feeds/turns.ts';
import type { BarBlock } from '../../files/bars-source.ts';
import type { SeriesBlock } from '../../files/series-source.ts';
import { sourceBlock } from '../../files/trades/source-block.ts';
import type { BarsTurn, SeriesTurn, Turn } from './turns.ts';

/** The same as plain data. */
export async function* plainTurns(turns: AsyncIterable<FileTurn>): AsyncGenerator<Turn> {
  for await (const turn of turns) {
    if (turn.kind === 'trades') {
      const { kind, instrument, read, from, to } = turn;
      yield { kind, instrument, block: sliceTrades(read.block, from, to) };
    } else if (turn.kind === 'bars') {
      const { kind, instrument, clock, block, from, to } = turn;
      yield { kind, instrument, clock, bars: Array.from({ length: to - from }, (_, i) => block.at(from + i)) };
    } else if (turn.kind === 'series') {
      const { kind, name: instrument, block, from, to } = turn;
      const each = Array.from({ length: to - from }, (_, i) => from + i);
      const available = each.map((i) => block.availableAt(i));
      yield { kind, instrument, rows: each.map((i) => block.at(i)), available };
    } else yield turn;
  }
}

/** What files hold that are read together. */
export interface FiledEvents {
  /** By instrument. */
  readonly trades: Readonly<Record<string, TradeBlock>>;
  /** Of each clock with `bars: given`. */
  readonly bars: readonly BarsTurn[];
  readonly series: readonly SeriesTurn[];
}

/** The turns of files that hold these trades, bars and rows of series. */
export function turnsOfFiles(
  { trades, bars, series }: FiledEvents,
  { config, instruments, clocks, drive, lanes }: Plan,
): AsyncGenerator<Turn> {
  const feeds = instruments.map(({ name, times, ids, officialGaps }) => {
    const block = trades[name] ?? createTradeBlock(0);
    const numbers = Float64Array.from({ length: block.length }, (_, i) => i + 1);
    const read = sourceBlock({ block, file: name, unit: 'row', numbers, words: new Map(), leftOut: {} });
    const isDense = ids === 'dense' && !officialGaps;
    const given = bars
      .filter(({ instrument }) => instrument === name)
      .map((turn) => barCursor(turn, once({ file: turn.clock, block: barBlock(turn) }), { times }));
    return { instrument: name, newest: 0, cursors: [...given, tradeCursor(name, once(read), { times, isDense })] };
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

function barBlock({ clock, bars }: BarsTurn): BarBlock {
  return {
    rows: bars.length,
    columns: {},
    at: (i) => bars[i],
    availableAt: (i) => availableAtOf(bars[i]),
    place: (i) => `${clock} bar ${i + 1}`,
  };
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
