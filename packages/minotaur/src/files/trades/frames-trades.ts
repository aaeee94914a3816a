/** Trades from recorded messages: `<receive time in ns> <JSON message>` a line, or the message alone. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createCsvScanner, scanFile } from '../csv/csv.ts';
import type { InputOptions } from '../csv/layout.ts';
import { numberOf, parseIso, textOf } from '../csv/parse.ts';
import type { TextFile } from '../csv/text-file.ts';
import { settleUnit } from '../csv/time-unit.ts';
import {
  frameVenueNames,
  frameVenueOf,
  frameVenueOfMessages,
  messageOfLine,
  profileOfTrade,
  setRawTrade,
} from '../frames/decode.ts';
import type { FrameVenue, RawTrade } from '../frames/frame-venue.ts';
import type { Json } from '../frames/json.ts';
import { BLOCK_ROWS, countLeftOut, pagesOf, sourceBlock } from './source-block.ts';
import type { FileReader, SourceBlock } from './source-block.ts';
import type { SymbolFilter } from './symbol-filter.ts';

/** No byte of UTF-8 text: a line is then one field. */
const NO_DELIMITER = 256;

export const isFrame = (line: string): boolean => /^(\d{16,20} )?[[{]/.test(line);

interface Recording {
  readonly text: TextFile;
  readonly venue: FrameVenue;
  readonly filter: SymbolFilter;
  readonly blockRows: number;
}

/** Opens a recording. `head` are its first lines. */
export function openFrames(
  text: TextFile,
  head: readonly string[],
  options: InputOptions,
  filter: SymbolFilter,
): FileReader {
  const { file, container } = text;
  const messages = messagesOf(head, file);
  const declared = options.instrument?.venue;
  const venue = (declared === undefined ? undefined : frameVenueOf(declared)) ?? frameVenueOfMessages(messages);
  if (venue === undefined) {
    fail('input', file, `recorded trades of one of ${frameVenueNames().join(', ')}`, head[0].slice(0, 80));
  }
  const first = firstTrade(venue, messages, filter);
  const told = profileOfTrade(venue, first?.symbol);
  const time = first?.time ?? '';
  const sample = { text: time, number: numberOf(time), isIso: !Number.isNaN(parseIso(time)) };
  const unit =
    first === undefined ? (options.timeUnit ?? 'ms') : settleUnit(sample, options.timeUnit, `${file}, the first time`);
  const recording = { text, venue, filter, blockRows: options.blockRows ?? BLOCK_ROWS };
  return {
    layout: {
      file,
      layout: `${venue.name} websocket frames`,
      header: false,
      timeUnit: unit,
      container,
      ...(told === undefined ? {} : { venue: told.name }),
      ...(first?.symbol === undefined ? {} : { symbol: first.symbol }),
    },
    blocks: () => frameBlocks(recording),
  };
}

function messagesOf(head: readonly string[], file: string): Json[] {
  return head.map((line, i) => messageOfLine(line) ?? failLine(line, `${file} line ${i + 1}`));
}

function failLine(line: string, where: string): never {
  fail('input', where, 'a line of `<receive time in ns> <JSON message>`, or of a JSON message', line.slice(0, 80));
}

/** The first trade of the instrument, or the first at all. */
function firstTrade(venue: FrameVenue, messages: readonly Json[], { wanted }: SymbolFilter): RawTrade | undefined {
  const trades: RawTrade[] = [];
  const decode = venue.decoder();
  for (const message of messages) decode(message, { trade: (trade) => trades.push(trade), leftOut: () => undefined });
  return trades.find(({ symbol }) => symbol !== undefined && wanted.has(symbol)) ?? trades[0];
}

async function* frameBlocks(recording: Recording): AsyncGenerator<SourceBlock> {
  const { text, venue, filter, blockRows } = recording;
  const { file } = text;
  const scanner = createCsvScanner(file, NO_DELIMITER, 0);
  const { cells } = scanner;
  const place = (): string => `${file} line ${cells.line}`;
  // A message may hold more trades than a block has room for: what is over waits for the next.
  const waiting: { trade: RawTrade; line: number }[] = [];
  const leftOut = countLeftOut();
  const decode = venue.decoder();
  const sink = {
    trade(trade: RawTrade): void {
      if (trade.symbol !== undefined && !filter.takes(trade.symbol, place)) leftOut.add('other symbol');
      else waiting.push({ trade, line: cells.line });
    },
    leftOut: leftOut.add,
  };
  const next = pagesOf(blockRows);
  let page = next();
  const fill = (): void => {
    const { block, numbers, words } = page;
    for (const { trade, line } of waiting.splice(0, blockRows - block.length)) {
      const i = block.length++;
      numbers[i] = line;
      if (trade.word !== undefined) words.set(i, trade.word);
      if (trade.isCoarse === true) page.coarse.push(i);
      setRawTrade(block, i, trade);
    }
  };
  const take = (): SourceBlock => sourceBlock({ ...page, file, unit: 'line', leftOut: leftOut.take() });
  const onRow = (): boolean => {
    const line = textOf(cells.bytes, cells.starts[0], cells.ends[0]);
    decode(messageOfLine(line) ?? failLine(line, place()), sink);
    fill();
    return page.block.length < blockRows;
  };
  for await (const _ of scanFile(text, scanner, onRow)) {
    do {
      yield take();
      page = next(); // only now: until here the consumer may still hold the other block
      fill();
    } while (page.block.length === blockRows);
  }
  yield take();
}
