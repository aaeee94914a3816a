/** Trades that a browser was handed, or that are simulated in it, opened as files of a disk are. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { InputOptions } from '../files/csv/layout.ts';
import { containerOfBytes, MAGIC_BYTES, namedChunks, type TextFile } from '../files/csv/text-file.ts';
import { simulate } from '../files/simulate.ts';
import { requireNamed } from '../files/trades/file-symbol.ts';
import type { FileReader } from '../files/trades/source-block.ts';
import { createSymbolFilter, type SymbolFilter } from '../files/trades/symbol-filter.ts';
import { openArchive, openText, sourceOf, type TradeSource } from '../files/trades/text-trades.ts';
import { CSV_HEADER, csvText } from '../files/trades/trades-text.ts';
import { bytesIn, unpackedIn, type OnBytes } from './bytes.ts';
import { memberChunks, zipDirectory } from './zip-directory.ts';

/** Trades that can be opened as often as one likes. */
export interface Handed {
  readonly name: string;
  /** What `onBytes` is told of, in all, each time that they are read through. */
  readonly size: number;
  /** Commands that make the same file. */
  readonly origin: readonly string[];
  open(options: InputOptions): Promise<TradeSource>;
}

/** Of simulated trades. */
const SEED = 1;

type Reader = (options: InputOptions, filter: SymbolFilter) => Promise<FileReader>;

/** A file: plain text, packed by gzip, or in a zip archive. */
export function handedFile(file: File, onBytes: OnBytes): Handed {
  return handed({ name: file.name, size: file.size, origin: [] }, async (options, filter) => {
    const head = new Uint8Array(await file.slice(0, MAGIC_BYTES).arrayBuffer());
    const container = containerOfBytes(head, file.name);
    const text = (name: string, chunks: () => AsyncIterable<Uint8Array>): TextFile => {
      const named = { file: name, container: container as TextFile['container'] };
      return { ...named, chunks: () => namedChunks(named, chunks) };
    };
    if (container === 'none')
      return openText(
        text(file.name, () => bytesIn(file, onBytes)),
        options,
        filter,
      );
    if (container === 'gzip')
      return openText(
        text(file.name, () => unpackedIn(file, 'gzip', onBytes)),
        options,
        filter,
      );
    if (container !== 'zip')
      return fail(
        'input',
        file.name,
        'text that is plain, gzip or in a zip archive (the command line reads this file too)',
        container === 'zstd' ? 'Zstandard' : 'Parquet',
      );
    const members = await zipDirectory(file, file.name);
    const names = members.map(({ name }) => name);
    const member = (path: string): TextFile => {
      const one = members.find(({ name }) => path === `${file.name}/${name}`) ?? members[0];
      return text(path, () => memberChunks(file, one, onBytes));
    };
    return openArchive(file.name, names, member, options, filter);
  });
}

/** Simulated trades as a file of them would be. */
export function simulatedFile(trades: number, onBytes: OnBytes): Handed {
  const file = 'simulated.csv.gz';
  const encoder = new TextEncoder();
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield encoder.encode(CSV_HEADER);
    for (const block of simulate({ trades, seed: SEED, blockRows: 8192 })) {
      onBytes(block.length);
      yield encoder.encode(csvText(block));
    }
  }
  const origin = [`npx minotaur simulate --trades ${trades} --seed ${SEED} --out ${file}`];
  return handed({ name: file, size: trades, origin }, (options, filter) =>
    openText({ file, container: 'none', chunks }, options, filter),
  );
}

function handed(facts: Omit<Handed, 'open'>, read: Reader): Handed {
  const { name } = facts;
  return {
    ...facts,
    async open(options) {
      if (!options.accept) requireNamed([name], options.instrument);
      const filter = createSymbolFilter(options);
      const reader = await read(options, filter);
      return { files: [name], ...sourceOf([reader], filter, options), close: () => undefined };
    },
  };
}
