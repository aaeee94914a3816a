/** What files of trades are about, before they are read through: their span, and how much is traded in it. */
import { statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { textChunks } from '../csv/text-stream.ts';
import type { InputOptions } from '../csv/layout.ts';
import { expandPaths } from '../paths.ts';
import type { FileLayout } from './source-block.ts';
import { openTrades } from './trade-source.ts';

/** Typical amounts of a second. */
export interface TradeRates {
  readonly trades: number;
  /** Base units. */
  readonly volume: number;
  /** Quote units. */
  readonly turnover: number;
}

/** Files of trades in outline. */
export interface TradeOutline {
  /** From the first trade to the last, about: the end follows from the length of the last file. */
  readonly seconds: number;
  /** Of the samples that were read; null where they are all of one time. */
  readonly rates: TradeRates | null;
}

/** Blocks that are read of the first file, and of the last. */
const SAMPLED = 4;
/** Bytes of text by which the lines of a file are estimated. */
const TEXT = 1 << 20;

interface Sample {
  readonly trades: number;
  readonly volume: number;
  readonly turnover: number;
  /** Microseconds. */
  readonly from: number;
  readonly to: number;
  /** Trades in the file, about. */
  readonly rows: number;
}

/**
 * Reads the beginnings of the first file and of the last.
 * @throws {MinotaurError} as opening and reading them does
 */
export async function outlineTrades(patterns: readonly string[], options: InputOptions): Promise<TradeOutline> {
  const files = expandPaths(patterns);
  const first = await sampleFile(files[0], options);
  const last = files.length === 1 ? first : await sampleFile(files[files.length - 1], options);
  const end = last.from + (last.to - last.from) * (last.rows / last.trades);
  const samples = [...new Set([first, last])];
  const sum = (of: (sample: Sample) => number): number => samples.reduce((total, sample) => total + of(sample), 0);
  const seconds = sum(({ from, to }) => to - from) / MICROS_PER_SECOND;
  const perSecond = (of: (sample: Sample) => number): number => sum(of) / seconds;
  return {
    seconds: (end - first.from) / MICROS_PER_SECOND,
    rates:
      seconds > 0
        ? {
            trades: perSecond(({ trades }) => trades),
            volume: perSecond(({ volume }) => volume),
            turnover: perSecond(({ turnover }) => turnover),
          }
        : null,
  };
}

async function sampleFile(file: string, options: InputOptions): Promise<Sample> {
  const source = await openTrades([file], options);
  const sample = { trades: 0, volume: 0, turnover: 0, from: NaN, to: NaN };
  let blocks = 0;
  let number = 0;
  try {
    for await (const { block, numbers } of source.blocks()) {
      if (blocks++ === SAMPLED) break;
      for (let i = 0; i < block.length; i++) {
        const [price, quantity, time] = [block.price[i], block.quantity[i], block.time[i]];
        if (!(price > 0 && quantity > 0 && time === time)) continue;
        sample.trades++;
        sample.volume += quantity;
        sample.turnover += price * quantity;
        sample.to = time;
        if (sample.trades === 1) sample.from = time;
      }
      number = numbers[block.length - 1];
    }
  } finally {
    source.close();
  }
  const [layout] = source.layouts;
  const read = blocks <= SAMPLED ? number : (layout.rows ?? (await linesOf(layout)));
  return { ...sample, rows: sample.trades * (read / number) };
}

/** Lines of a text file, about: it is as dense as its beginning, and packed as well as that can be packed here. */
async function linesOf({ file, container }: FileLayout): Promise<number> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of textChunks(file, container === 'parquet' ? 'none' : container)) {
    chunks.push(chunk);
    if ((size += chunk.length) >= TEXT) break;
  }
  const text = Buffer.concat(chunks);
  const packed = container === 'none' ? text.length : gzipSync(text).length;
  let lines = 0;
  for (const byte of text) if (byte === 10) lines++;
  return lines * (statSync(file).size / packed);
}
