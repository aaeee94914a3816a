/** The files of a run as places in them, and what they hold merged by time. */
import { fail } from 'minotaur-core/internal/base/errors';
import { parseSpan } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { barTelling, openBars } from '../../files/bars-source.ts';
import { tellingOpenEnd } from '../../files/bars-over.ts';
import {
  barCursor,
  seriesCursor,
  tradeCursor,
  type Cursor,
  type CursorStart,
  type FileBlock,
  type Turn,
} from '../../files/feeds/cursor.ts';
import { inTurns, type InstrumentFeed, type TurnOptions } from '../../files/feeds/turns.ts';
import { expandPaths } from '../../files/paths.ts';
import { readSeries, seriesTelling } from '../../files/series-source.ts';
import { isSteady } from '../../files/trades/is-steady.ts';
import type { FileLayout } from '../../files/trades/source-block.ts';
import type { SeamTrade } from '../../files/trades/seam.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { openTradesInThread, type ThreadedTrades } from '../../files/trades/trade-thread.ts';
import type { RunFiles } from './run-files.ts';

/**
 * Is told of the files that are opened, the layouts of those of trades, what they are of, and who may make their hashes; says how far
 * they were used before.
 */
export type BeginFiles = (
  files: readonly string[],
  layouts: readonly FileLayout[],
  of: string,
  hashes?: ThreadedTrades['hashes'],
) => Promise<CursorStart>;

interface SourceRequest {
  readonly plan: Plan;
  readonly files: RunFiles;
  /** How the files of each instrument are read. */
  readonly inputs: Readonly<Record<string, SourceOptions>>;
  /** The last trade of each instrument that was used before. */
  readonly seams?: Readonly<Record<string, SeamTrade>> | undefined;
  readonly begin: BeginFiles;
}

export interface Sources {
  readonly cursors: readonly Cursor[];
  /** What of the files that were opened so far is read otherwise than it stands there. */
  readonly notes: readonly string[];
  close(): void;
}

/** Opens them all; those of trades are read in threads of their own. */
export async function openSources({ plan, files, inputs, seams, begin }: SourceRequest): Promise<Sources> {
  const { instruments, clocks } = plan;
  const closes: (() => void)[] = [];
  const close = (): void => closes.forEach((one) => one());
  try {
    const cursors: Cursor[] = [];
    const notes: string[] = [];
    for (const [clock, patterns] of Object.entries(files.bars)) {
      const paths = expandPaths(patterns);
      const { instrument = 0 } = clocks.find(({ name }) => name === clock) ?? {};
      const of = { instrument: instruments[instrument].name, clock };
      const start = { ...(await begin(paths, [], clock)), times: instruments[instrument].times };
      const telling = barTelling(inputs[of.instrument], paths);
      const open = async (file: string) => {
        const source = await openBars(file, inputs[of.instrument], telling);
        if (source.notes.length > 0) notes.push(`${file}: ${source.notes.join('; ')}`);
        return tellingOpenEnd(file, source.blocks(), (words) => notes.push(words));
      };
      cursors.push(barCursor(of, blocksOf(paths, open), start));
    }
    for (const [name, patterns] of Object.entries(files.series)) {
      const paths = expandPaths(patterns);
      const source = clocks.find((clock) => clock.name === name)?.source;
      if (source?.type !== 'series') continue;
      const start = { ...(await begin(paths, [], name)), times: instruments[clocks[plan.drive].instrument].times };
      const telling = seriesTelling();
      const open = (file: string) => readSeries(file, { name, ...source }, telling);
      cursors.push(seriesCursor(name, blocksOf(paths, open), start));
    }
    requireTheirOwn(files.trades, instruments);
    for (const [name, patterns] of Object.entries(files.trades)) {
      const source = await openTradesInThread(patterns, inputs[name]);
      closes.push(() => source.close());
      const start = await begin(source.files, source.layouts, name, source.hashes);
      const { times, ids, officialGaps } = instruments.find((instrument) => instrument.name === name) as Instrument;
      const isDense = ids === 'dense' && !officialGaps;
      cursors.push(
        tradeCursor(name, source.blocks(), {
          ...start,
          last: seams?.[name],
          byPrice: isSteady(inputs[name].instrument),
          isAccepted: inputs[name].accept,
          times,
          isDense,
        }),
      );
    }
    return { cursors, notes, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** One file may hold the trades of several symbols, but not of two markets that are called the same. */
function requireTheirOwn(trades: RunFiles['trades'], instruments: Plan['instruments']): void {
  const taken = new Map<string, string>();
  for (const { name, symbol } of instruments) {
    for (const path of name in trades ? expandPaths(trades[name]) : []) {
      const other = taken.get(`${symbol} ${path}`);
      if (other !== undefined)
        fail('input', path, `trades of ${name} alone`, `those of ${other} too, which is ${symbol} as well`);
      taken.set(`${symbol} ${path}`, name);
    }
  }
}

/** What comes of each instrument; `newest`: event time that it had come to before. */
export function feedsOf(
  { instruments }: Plan,
  { cursors }: Sources,
  newest: (instrument: string) => number,
): InstrumentFeed[] {
  return instruments.map(({ name }) => {
    return {
      instrument: name,
      cursors: cursors.filter(({ instrument }) => instrument === name),
      newest: newest(name),
    };
  });
}

/** All that the files hold, merged by time, as far as is asked. */
export function turnsOf(
  { config, instruments, clocks, drive, lanes }: Plan,
  { cursors }: Sources,
  feeds: readonly InstrumentFeed[],
  asked: Pick<TurnOptions, 'limit' | 'isOver'>,
): AsyncGenerator<Turn> {
  const { reorder } = config.trades;
  return inTurns(feeds, {
    drive: instruments[clocks[drive].instrument].name,
    skew: lanes.skew,
    series: cursors.filter(({ instrument }) => instrument === undefined),
    within: reorder === undefined ? 0 : parseSpan(reorder.within),
    ...asked,
  });
}

/** The blocks of files, one file after the other. */
async function* blocksOf<B>(
  files: readonly string[],
  open: (file: string) => AsyncGenerator<B> | Promise<AsyncGenerator<B>>,
): AsyncGenerator<FileBlock<B>> {
  for (const file of files) for await (const block of await open(file)) yield { file, block };
}
