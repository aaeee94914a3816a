/** What files of trades are about, before they are read through: their span, and how much is traded in it. */
import type { TradeSample } from 'minotaur-core/internal/chain/typical-bars';
import { statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { createIntake, DEFAULT_POLICY, INTAKE_SLOTS, intakeWords } from 'minotaur-core/internal/trades/intake';
import { createTape } from 'minotaur-core/internal/trades/tape';
import { textFileOf } from '../csv/text-stream.ts';
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
  /** In all files, about: those between the first and the last are as dense as these. */
  readonly trades: number;
  /** From the first trade to the last, about: the end follows from the length of the last file. */
  readonly seconds: number;
  /** Of the samples that were read; null where they are all of one time. */
  readonly rates: TradeRates | null;
  /** The samples themselves, where they are at hand. */
  readonly sample?: TradeSample;
}

/** Blocks that are read of the first file, and of the last. */
const SAMPLED = 4;
/** Trades on the tape at once. */
const TAPE = 4096;
/** Bytes of text by which the lines of a file are estimated. */
const TEXT = 1 << 20;

interface Sample {
  readonly trades: number;
  /** Piece after piece. */
  readonly volume: readonly Float64Array[];
  readonly turnover: readonly Float64Array[];
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
export async function outlineTrades(
  patterns: readonly string[],
  options: InputOptions,
  instrument: Instrument,
): Promise<TradeOutline> {
  const files = expandPaths(patterns);
  const first = await sampleFile(files[0], options, instrument);
  const last = files.length === 1 ? first : await sampleFile(files[files.length - 1], options, instrument);
  const end = last.from + (last.to - last.from) * (last.rows / last.trades);
  const samples = [...new Set([first, last])];
  const sum = (of: (sample: Sample) => number): number => samples.reduce((total, sample) => total + of(sample), 0);
  const seconds = sum(({ from, to }) => to - from) / MICROS_PER_SECOND;
  const bytesOf = (paths: readonly string[]): number => paths.reduce((total, path) => total + statSync(path).size, 0);
  const dense = sum(({ rows }) => rows) / bytesOf(files.length === 1 ? files : [files[0], files[files.length - 1]]);
  const [volume, turnover] = (['volume', 'turnover'] as const).map((of) =>
    joined(samples.flatMap((sample) => sample[of])),
  );
  return {
    trades: Math.round(dense * bytesOf(files)),
    seconds: (end - first.from) / MICROS_PER_SECOND,
    rates:
      seconds > 0
        ? {
            trades: sum(({ trades }) => trades) / seconds,
            volume: sumOf(volume) / seconds,
            turnover: sumOf(turnover) / seconds,
          }
        : null,
    sample: { volume, turnover },
  };
}

/** Of all values, in their order. */
function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

function joined(pieces: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function sampleFile(file: string, options: InputOptions, instrument: Instrument): Promise<Sample> {
  const source = await openTrades([file], options);
  const sample = { trades: 0, volume: [] as Float64Array[], turnover: [] as Float64Array[], from: NaN, to: NaN };
  const { intake, tape } = openIntake(instrument);
  const [layout] = source.layouts;
  // Of a file that does not say how many rows it has, it is looked whether there are more: else they need not be estimated.
  const most = layout.rows === undefined ? SAMPLED + 1 : SAMPLED;
  let blocks = 0;
  let number = 0;
  try {
    for await (const { block, numbers } of source.blocks()) {
      if (++blocks > SAMPLED) break;
      for (let from = 0; from < block.length; from += TAPE) {
        intake.read(block, from, Math.min(block.length, from + TAPE), tape);
        sample.volume.push(tape.quantity.slice(0, tape.length));
        sample.turnover.push(tape.dollars.slice(0, tape.length));
        if (tape.length === 0) continue;
        if (sample.trades === 0) sample.from = tape.time[0];
        sample.trades += tape.length;
        sample.to = tape.time[tape.length - 1];
      }
      number = numbers[block.length - 1];
      if (blocks === most) break;
    }
  } finally {
    source.close();
  }
  const read = blocks < most ? number : (layout.rows ?? (await linesOf(layout)));
  return { ...sample, rows: sample.trades * (read / number) };
}

/** The intake counts what a quantity is; what is wrong with a trade is not told here. */
function openIntake(instrument: Instrument) {
  const drop = { duplicates: 'drop', disorder: 'drop', invalid: 'drop', times: 'drop' } as const;
  const intake = createIntake({
    policy: { ...DEFAULT_POLICY, ...drop },
    instrument,
    state: new Float64Array(INTAKE_SLOTS),
    words: new Uint32Array(intakeWords(instrument)),
    report: () => undefined,
  });
  intake.expect(undefined, Infinity);
  return { intake, tape: createTape(TAPE) };
}

/** Lines of a text file, about: it is as dense as its beginning, and packed as well as that can be packed here. */
async function linesOf({ file, container }: FileLayout): Promise<number> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of textFileOf(file, container === 'parquet' ? 'none' : container).chunks()) {
    chunks.push(chunk);
    if ((size += chunk.length) >= TEXT) break;
  }
  const text = Buffer.concat(chunks);
  const packed = container === 'none' ? text.length : gzipSync(text).length;
  let lines = 0;
  for (const byte of text) if (byte === 10) lines++;
  return lines * (statSync(file).size / packed);
}
