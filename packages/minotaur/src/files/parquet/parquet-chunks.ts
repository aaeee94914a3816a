/** Column chunks of a Parquet file, page by page. */
import { constants, zstdCompressSync } from 'node:zlib';
import type { ByteWriter } from 'hyparquet-writer';
import type { ChunkFacts } from './parquet-footer.ts';
import { appendField, appendNumber, appendStop, I32, STRUCT } from './thrift.ts';

const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A block of zstd: of larger pages a compressor that writes elsewhere makes other bytes. */
const BLOCK_BYTES = 1 << 17;

/**
 * Given room for the worst case, a compressor writes where it is told to, in two thirds of the time and the same bytes. A copy: what it
 * gives is the beginning of that room, and of a group there are thousands.
 */
function compressed(body: Uint8Array): Uint8Array {
  if (body.length > BLOCK_BYTES) return new Uint8Array(zstdCompressSync(body, ZSTD));
  // ZSTD_COMPRESSBOUND, and what Node wants at least.
  const bound = body.length + (body.length >> 8) + 64;
  return new Uint8Array(zstdCompressSync(body, { ...ZSTD, chunkSize: bound }));
}

/** A column of a row group: its pages, compressed as they come where that saves something, until all columns of the group can be written one behind the other. */
export interface ChunkWriter {
  /** Values of `count` rows, encoded. */
  addPage(page: Uint8Array, count: number): void;
  /** Writes the pages, says of what they are, and forgets them. */
  flush(bytes: ByteWriter): ChunkFacts;
}

interface Page {
  readonly body: Uint8Array;
  /** Bytes before compression. */
  readonly size: number;
  readonly count: number;
}

/** Of one page that is the whole chunk: below, what there is to save is less than what a compressor costs to set up. */
const PLAIN_BYTES = 4096;

export function createChunkWriter(): ChunkWriter {
  const pages: Page[] = [];
  /** A first page so small; its bytes may be those of a table that goes on. */
  let small: Page | undefined;
  const compress = ({ body, size, count }: Page): void => {
    pages.push({ body: compressed(body), size, count });
  };
  return {
    addPage(page, count) {
      const own: Page = { body: page, size: page.length, count };
      if (small !== undefined) compress(small);
      const isSmall = small === undefined && pages.length === 0 && page.length < PLAIN_BYTES;
      small = isSmall ? { ...own, body: page.slice() } : undefined;
      if (!isSmall) compress(own);
    },
    flush(bytes) {
      const start = bytes.offset;
      const isCompressed = small === undefined ? 1 : 0;
      if (small !== undefined) pages.push(small);
      small = undefined;
      const uncompressed = pages.reduce((sum, page) => sum + writePage(bytes, page), 0);
      pages.length = 0;
      return [start, uncompressed, bytes.offset - start, isCompressed];
    },
  };
}

/** @returns its bytes before compression, the header included */
function writePage(bytes: ByteWriter, { body, size, count }: Page): number {
  const start = bytes.offset;
  appendPageHeader(bytes, size, body.length, count);
  const headerSize = bytes.offset - start;
  bytes.appendBytes(body);
  return headerSize + size;
}

// Numbers of the format's enumerations.
const DATA_PAGE = 0;
const [PLAIN, RLE] = [0, 3];

function appendPageHeader(bytes: ByteWriter, size: number, written: number, count: number): void {
  appendNumber(bytes, 1, I32, DATA_PAGE);
  appendNumber(bytes, 1, I32, size);
  appendNumber(bytes, 1, I32, written);
  appendField(bytes, 2, STRUCT);
  appendNumber(bytes, 1, I32, count);
  appendNumber(bytes, 1, I32, PLAIN);
  // Of levels, of which there are none.
  appendNumber(bytes, 1, I32, RLE);
  appendNumber(bytes, 1, I32, RLE);
  appendStop(bytes);
  appendStop(bytes);
}
