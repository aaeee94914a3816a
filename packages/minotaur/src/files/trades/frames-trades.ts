/** Trades from recorded websocket messages: `<receive time in ns> <JSON message>` a line, as Binance sends them. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createTradeBlock, setTrade } from 'minotaur-core/internal/trades/trade';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { createCsvScanner, scanFile } from '../csv/csv.ts';
import type { InputOptions } from '../csv/layout.ts';
import { parseNumber, textOf } from '../csv/parse.ts';
import { BLOCK_ROWS, alternating, placeOf, sourceBlock } from './source-block.ts';
import type { FileReader, SourceBlock } from './source-block.ts';
import type { Compression } from '../csv/text-stream.ts';
import { UNIT_SHIFT, failUnit, findOutOfRange, settleUnit } from '../csv/time-unit.ts';

/** No byte of UTF-8 text: a line is then one field. */
const NO_DELIMITER = 256;

interface TradeMessage {
  e?: string;
  T?: number;
  t?: number;
  a?: number;
  p?: string;
  q?: string;
  m?: boolean;
}

export const isFrame = (line: string): boolean => /^\d{16,20} \{/.test(line);

/** Opens a recording. `sample` is its first line. */
export function openFrames(file: string, compression: Compression, sample: string, options: InputOptions): FileReader {
  const message = messageOf(sample, `${file} line 1`);
  const time = { text: String(message.T), number: message.T ?? NaN, isIso: false };
  const unit = settleUnit(time, options.timeUnit, `${file} line 1`);
  const scale = unit === 'iso' ? NaN : Number(`1e${UNIT_SHIFT[unit]}`);
  return {
    layout: { file, layout: 'binance websocket frames', header: false, timeUnit: unit, container: compression },
    async *blocks(): AsyncGenerator<SourceBlock> {
      const blockRows = options.blockRows ?? BLOCK_ROWS;
      const scanner = createCsvScanner(file, NO_DELIMITER, 0);
      const { cells } = scanner;
      const next = alternating(() => ({ block: createTradeBlock(blockRows), lines: new Float64Array(blockRows) }));
      let current = next();
      const take = (): SourceBlock => {
        const { block, lines: numbers } = current;
        const source = sourceBlock({ block, file, unit: 'line', numbers });
        const bad = findOutOfRange(block.time, block.length);
        if (bad >= 0) failUnit(placeOf(source, bad), unit, block.time[bad]);
        return source;
      };
      const onRow = (): boolean => {
        const found = messageOf(textOf(cells.bytes, cells.starts[0], cells.ends[0]), `${file} line ${cells.line}`);
        if (found.e !== 'trade' && found.e !== 'aggTrade') return true; // a recording holds other streams too
        const { block, lines } = current;
        lines[block.length] = cells.line;
        setTrade(block, block.length++, tradeOf(found, scale));
        return block.length < blockRows;
      };
      for await (const _ of scanFile(file, compression, scanner, onRow)) {
        yield take();
        current = next();
        current.block.length = 0;
      }
      if (current.block.length > 0) yield take();
    },
  };
}

function messageOf(line: string, where: string): TradeMessage {
  try {
    const message = JSON.parse(line.slice(line.indexOf(' ') + 1)) as TradeMessage & { data?: TradeMessage };
    return message.data ?? message;
  } catch {
    return fail('input', where, '`<receive time> <JSON message>`', line.slice(0, 80));
  }
}

function tradeOf(message: TradeMessage, scale: number): Trade {
  const trade = {
    time: Math.floor((message.T ?? NaN) * scale),
    id: message.t ?? message.a,
    price: decimal(message.p),
    quantity: decimal(message.q),
  };
  return message.m === undefined ? trade : { ...trade, buyerMaker: message.m };
}

function decimal(text: string | undefined): number {
  return text === undefined ? NaN : parseNumber(Buffer.from(text), 0, text.length);
}
