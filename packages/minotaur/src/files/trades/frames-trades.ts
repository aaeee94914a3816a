/** Trades from recorded messages: `<receive time in ns> <JSON message>` a line, or the message alone. */
import { fail } from 'minotaur-core/internal/base/errors';
import { setTrade } from 'minotaur-core/internal/trades/trade';
import type { Decoded, VenueTrade } from '../../venues/contract/decoded.ts';
import type { Messages } from '../../venues/contract/venue.ts';
import {
  createLineDecoder,
  isMessage,
  messagesNames,
  messagesOf,
  messagesOfLines,
  profileOfTrade,
} from '../../venues/recordings.ts';
import { createCsvScanner, scanFile } from '../csv/csv.ts';
import type { InputOptions } from '../csv/layout.ts';
import { textOf } from '../csv/parse.ts';
import type { TextFile } from '../csv/text-file.ts';
import { BLOCK_ROWS, countLeftOut, pagesOf, sourceBlock } from './source-block.ts';
import type { FileReader, SourceBlock } from './source-block.ts';
import type { SymbolFilter } from './symbol-filter.ts';

/** No byte of UTF-8 text: a line is then one field. */
const NO_DELIMITER = 256;

export const isFrame = (line: string): boolean => /^(\d{16,20} )?[[{]/.test(line);

interface Recording {
  readonly text: TextFile;
  readonly messages: Messages;
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
  const declared = options.instrument?.venue;
  const messages = (declared === undefined ? undefined : messagesOf(declared)) ?? messagesOfLines(head);
  if (messages === undefined) return failLines(head, file);
  const symbol = firstSymbol(messages, head, filter);
  const told = profileOfTrade(messages, symbol);
  const recording = { text, messages, filter, blockRows: options.blockRows ?? BLOCK_ROWS };
  return {
    layout: {
      file,
      layout: `${messages.name} websocket frames`,
      header: false,
      timeUnit: "the venue's unit",
      container,
      ...(told === undefined ? {} : { venue: told.name }),
      ...(symbol === undefined ? {} : { symbol }),
    },
    blocks: () => frameBlocks(recording),
  };
}

/** Lines that are no venue's. */
function failLines(head: readonly string[], file: string): never {
  const torn = head.findIndex((line) => !isMessage(line));
  const others = 'other trades as CSV or Parquet with time, price, qty and side';
  if (torn < 0) {
    const expected = `recorded trades of one of ${messagesNames().join(', ')}, one message a line; ${others}`;
    fail('input', file, expected, head[0].slice(0, 80));
  }
  const expected = `a line of \`<receive time in ns> <JSON message>\`, or of a JSON message; ${others}`;
  return fail('input', `${file} line ${torn + 1}`, expected, head[torn].slice(0, 80));
}

/** The symbol of the first trade of the instrument, or of the first at all. */
function firstSymbol(messages: Messages, head: readonly string[], { wanted }: SymbolFilter): string | undefined {
  const decode = createLineDecoder(messages);
  const decoded = head.flatMap((line) => decode(line));
  const trades = decoded.flatMap((one) => (one.kind === 'trades' ? one.trades : []));
  return (trades.find(({ symbol }) => symbol !== undefined && wanted.has(symbol)) ?? trades[0])?.symbol;
}

async function* frameBlocks(recording: Recording): AsyncGenerator<SourceBlock> {
  const { text, messages, filter, blockRows } = recording;
  const { file } = text;
  const scanner = createCsvScanner(file, NO_DELIMITER, 0);
  const { cells } = scanner;
  const place = (): string => `${file} line ${cells.line}`;
  // A message may hold more trades than a block has room for: what is over waits for the next.
  const waiting: { trade: VenueTrade; line: number }[] = [];
  const leftOut = countLeftOut();
  const decode = createLineDecoder(messages);
  const takeTrade = (trade: VenueTrade): void => {
    if (trade.symbol !== undefined && !filter.takes(trade.symbol, place)) leftOut.add('other symbol');
    else {
      filter.requireKind(trade.isAggregated === true, place);
      if (trade.market !== undefined) filter.requireMarket(trade.market, place);
      waiting.push({ trade, line: cells.line });
    }
  };
  const hear = (one: Decoded): void => {
    if (one.kind === 'trades') one.trades.forEach(takeTrade);
    else if (one.kind === 'leftOut') leftOut.add(one.reason);
    else if (one.kind === 'unknown') fail('input', `${place()}: ${one.where}`, one.expected, one.found);
  };
  const next = pagesOf(blockRows);
  let page = next();
  const fill = (): void => {
    const { block, numbers } = page;
    for (const { trade, line } of waiting.splice(0, blockRows - block.length)) {
      const i = block.length++;
      numbers[i] = line;
      if (trade.isCoarse === true) page.coarse.push(i);
      setTrade(block, i, trade);
    }
  };
  const take = (): SourceBlock => sourceBlock({ ...page, file, unit: 'line', leftOut: leftOut.take() });
  const onRow = (): boolean => {
    decode(textOf(cells.bytes, cells.starts[0], cells.ends[0])).forEach(hear);
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
