/**
 * Pages of columns that have one value in every row: plain, or as numbers of a dictionary's entries, compressed or not. What a page
 * holds goes whole to where its values belong, so that what costs is the decompressor.
 */
import { zstdDecompressSync } from 'node:zlib';
import type { CompressionCodec, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { byteCopier } from './copy-bytes.ts';
import { areOnes, unpack } from './hybrid.ts';

/** The bytes of a column of a row group. */
export interface FlatChunk {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly codec: CompressionCodec;
  /** Whether a level stands beside each value, which says that there is one. */
  readonly isOptional: boolean;
  /** Values in it. */
  readonly rows: number;
}

interface DataPage {
  readonly isPlain: boolean;
  /** Whether they are runs and groups of bits, as booleans may be. */
  readonly isPacked: boolean;
  /** How many values. */
  readonly count: number;
  readonly values: Uint8Array;
}

/** Decompresses the pages of a column, one at a time. */
interface Decompressor {
  bytesOf(body: Uint8Array, size: number): Uint8Array;
  /** The last page is done with. */
  giveBack(): void;
}

function createDecompressor(codec: CompressionCodec): Decompressor {
  let last: Uint8Array<ArrayBuffer> | undefined;
  // A page goes to its end in one piece: with room behind its bytes the decompressor need not be asked whether there are more.
  const compressors = {
    ZSTD: (bytes: Uint8Array, size: number): Uint8Array =>
      (last = zstdDecompressSync(bytes, { chunkSize: size + 64, maxOutputLength: Math.max(1, size) })),
  };
  return {
    bytesOf: (body, size) => decompressPage(body, size, codec, compressors),
    giveBack() {
      // Left to the collector, a page costs a sixth of its decompression: it would be called for every few dozen of them.
      if (last !== undefined && last.length > Buffer.poolSize) detach(last.buffer);
      last = undefined;
    },
  };
}

/** Frees the memory of a buffer that nobody reads any more. */
function detach(buffer: ArrayBuffer): void {
  (buffer as ArrayBuffer & { transfer(length: number): ArrayBuffer }).transfer(0);
}

/** Told of its dictionary, if it has one, and of its other pages, in order. @throws where a page is not what its header says */
function eachPage(
  { name, bytes, codec, isOptional, rows }: FlatChunk,
  onDictionary: (values: Uint8Array, count: number) => void,
  onData: (page: DataPage, at: number) => void,
): void {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const decompressor = createDecompressor(codec);
  let at = 0;
  while (at < rows && reader.offset < bytes.length - 1) {
    const header = parquetHeader(reader);
    const end = reader.offset + header.compressed_page_size;
    const body = bytes.subarray(reader.offset, end);
    reader.offset = end;
    const { dictionary_page_header: dictionary } = header;
    if (dictionary !== undefined) {
      onDictionary(decompressor.bytesOf(body, header.uncompressed_page_size), dictionary.num_values);
      decompressor.giveBack();
      continue;
    }
    const page = dataPage(header, body, { name, isOptional, decompressor });
    if (page.count > rows - at) throw new Error(`${at + page.count} values of ${rows} in column ${name}`);
    onData(page, at);
    decompressor.giveBack();
    at += page.count;
  }
  if (at !== rows) throw new Error(`${at} values of ${rows} in column ${name}`);
}

function dataPage(
  { type, uncompressed_page_size: size, data_page_header: first, data_page_header_v2: second }: PageHeader,
  body: Uint8Array,
  {
    name,
    isOptional,
    decompressor,
  }: Pick<FlatChunk, 'name' | 'isOptional'> & { readonly decompressor: Pick<Decompressor, 'bytesOf'> },
): DataPage {
  const head = second ?? first;
  if (head === undefined) throw new Error(`a page of type ${type} in column ${name}`);
  const { num_values: count, encoding } = head;
  let levels: Uint8Array;
  let values: Uint8Array;
  if (second === undefined) {
    const page = decompressor.bytesOf(body, size);
    const start = isOptional ? 4 + wordAt(page, 0) : 0;
    levels = page.subarray(4, start);
    values = page.subarray(start);
  } else {
    const from = second.repetition_levels_byte_length;
    const start = from + second.definition_levels_byte_length;
    const packed = body.subarray(start);
    levels = body.subarray(from, start);
    values = second.is_compressed === false ? packed : decompressor.bytesOf(packed, size - start);
  }
  if (isOptional && !areOnes(levels, count))
    throw new Error(`rows without a value in column ${name}, which says that it has none`);
  return { isPlain: encoding === 'PLAIN', isPacked: encoding === 'RLE', count, values };
}

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;

/** Reads which entries of a dictionary of `size` a page's values are; the array is used again for the next page. */
function entryReader(name: string): (page: DataPage, size: number) => Int32Array {
  let entries = new Int32Array(0);
  return ({ values, count }, size) => {
    if (entries.length < count) entries = new Int32Array(count);
    unpack(values, { from: 1, width: values[0] ?? 0, count }, entries);
    let most = 0;
    for (let i = 0; i < count; i++) if (entries[i] > most) most = entries[i];
    if (most >= size) throw new Error(`entry ${most} of a dictionary of ${size} in column ${name}`);
    return entries;
  };
}

/** Integers or doubles, as they lie in memory, low words first: eight bytes each, into the beginning of `into`. */
export function wideValues(chunk: FlatChunk, into: Uint8Array): void {
  const { name } = chunk;
  const whole = new Int32Array(into.buffer, into.byteOffset, into.length >> 2);
  let words = new Int32Array(0);
  const copy = byteCopier();
  const entriesOf = entryReader(name);
  const take = (bytes: Uint8Array, count: number): Uint8Array => {
    if (bytes.length < 8 * count) throw new Error(`${bytes.length} bytes for ${count} values in column ${name}`);
    return bytes.subarray(0, 8 * count);
  };
  eachPage(
    chunk,
    (bytes, count) => (words = new Int32Array(new Uint8Array(take(bytes, count)).buffer)),
    (page, at) => {
      const { isPlain, count, values } = page;
      if (isPlain) copy(values.buffer, values.byteOffset, take(values, count).length, into, 8 * at);
      else look(entriesOf(page, words.length / 2), words, whole, at, count);
    },
  );
}

function look(codes: Int32Array, words: Int32Array, into: Int32Array, at: number, count: number): void {
  for (let i = 0, o = 2 * at; i < count; i++, o += 2) {
    const k = 2 * codes[i];
    into[o] = words[k];
    into[o + 1] = words[k + 1];
  }
}

/** Booleans, as `yes` where they are true and as `no` where they are not, into the beginning of `into`. */
export function truths(chunk: FlatChunk, yes: number, no: number, into: Int8Array): void {
  const { name } = chunk;
  const none = (): never => {
    throw new Error(`a dictionary of booleans in column ${name}`);
  };
  const spread = spreader(yes, no);
  eachPage(chunk, none, ({ isPlain, isPacked, count, values }, at) => {
    const own = into.subarray(at, at + count);
    if (isPacked) {
      unpack(values, { from: 4, width: 1, count }, own);
      for (let i = 0; i < count; i++) own[i] = own[i] === 1 ? yes : no;
    } else if (isPlain && 8 * values.length >= count) spread(values, own);
    else throw new Error(`${values.length} bytes for ${count} values in column ${name}`);
  });
}

/** Writes bits, eight a byte, as two numbers: four at a time, by a table, where words of memory are, and from there to where they belong. */
function spreader(yes: number, no: number): (bits: Uint8Array, into: Int8Array) => void {
  const four = Int8Array.from({ length: 4 * 16 }, (_, i) => ((i >> 2) & (1 << (i & 3)) ? yes : no));
  const fours = new Int32Array(four.buffer);
  let words = new Int32Array(0);
  return (bits, into) => {
    const bytes = Math.ceil(into.length / 8);
    if (words.length < 2 * bytes) words = new Int32Array(2 * bytes);
    // In short loops: one over a page is run by the interpreter for many pages.
    for (let from = 0; from < bytes; from += STRETCH)
      spreadBytes(bits, fours, words, from, Math.min(bytes, from + STRETCH));
    into.set(new Int8Array(words.buffer, 0, into.length));
  };
}

const STRETCH = 512;

function spreadBytes(bits: Uint8Array, fours: Int32Array, into: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    into[2 * i] = fours[bits[i] & 15];
    into[2 * i + 1] = fours[bits[i] >> 4];
  }
}

/** Words, as what `of` makes of each, into the beginning of `into`; `onWord` is told of those that it makes 0 of. */
export function codesOfWords(
  chunk: FlatChunk,
  of: (word: string) => number,
  onWord: (row: number, word: string) => void,
  into: Int8Array,
): void {
  const { name } = chunk;
  const known = new Map<string, number>();
  let dictionary: string[] = [];
  const entriesOf = entryReader(name);
  const put = (row: number, word: string): void => {
    let code = known.get(word);
    if (code === undefined) known.set(word, (code = of(word)));
    into[row] = code;
    if (code === 0) onWord(row, word);
  };
  eachPage(
    chunk,
    (values, count) => (dictionary = wordsIn(values, count, name)),
    (page, at) => {
      const { isPlain, count, values } = page;
      if (isPlain) return wordsIn(values, count, name).forEach((word, i) => put(at + i, word));
      const numbers = entriesOf(page, dictionary.length);
      const codes = Int8Array.from(dictionary, of);
      for (let i = 0; i < count; i++) {
        const code = codes[numbers[i]];
        into[at + i] = code;
        if (code === 0) onWord(at + i, dictionary[numbers[i]]);
      }
    },
  );
}

/** Texts, each behind its length, without spaces around them. */
function wordsIn(bytes: Uint8Array, count: number, name: string): string[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let at = 0;
  return Array.from({ length: count }, () => {
    const from = at + 4;
    at = from + wordAt(bytes, at);
    if (at > bytes.length || from > bytes.length)
      throw new Error(`${bytes.length} bytes for ${count} texts in column ${name}`);
    return decoder.decode(bytes.subarray(from, at)).replace(/^\p{Zs}+|\p{Zs}+$/gu, '');
  });
}
