/** Column chunks of a Parquet file, page by page, and its footer. */
import { constants, zstdCompressSync } from 'node:zlib';
import type { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import type { TableColumn } from './parquet-pages.ts';

type Footer = Parameters<typeof writeMetadata>[1];
export type RowGroup = Footer['row_groups'][number];
type Chunk = RowGroup['columns'][number];

/** Key of the footer's metadata under which a file says what it is. */
export const FACTS_KEY = 'minotaur';

/** Begins and ends a file. */
export const MAGIC = 0x31524150;
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

const PHYSICAL = { BIGINT: 'INT64', DOUBLE: 'DOUBLE', VARCHAR: 'BYTE_ARRAY', BOOLEAN: 'BOOLEAN' } as const;

const ENCODINGS: NonNullable<Chunk['meta_data']>['encodings'] = ['PLAIN', 'RLE'];

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
  flush(bytes: ByteWriter): Chunk;
}

interface Page {
  readonly body: Uint8Array;
  /** Bytes before compression. */
  readonly size: number;
  readonly count: number;
}

/** Of one page that is the whole chunk: below, what there is to save is less than what a compressor costs to set up. */
const PLAIN_BYTES = 4096;

export function createChunkWriter({ name, type }: TableColumn): ChunkWriter {
  /** The same for every group: of all chunks something is kept to the end. */
  const path = [name];
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
      const codec = small === undefined ? 'ZSTD' : 'UNCOMPRESSED';
      if (small !== undefined) pages.push(small);
      small = undefined;
      const uncompressed = pages.reduce((sum, page) => sum + writePage(bytes, page), 0);
      const rows = pages.reduce((sum, { count }) => sum + count, 0);
      pages.length = 0;
      return {
        file_offset: BigInt(start),
        meta_data: {
          type: PHYSICAL[type],
          encodings: ENCODINGS,
          path_in_schema: path,
          codec,
          num_values: BigInt(rows),
          total_uncompressed_size: BigInt(uncompressed),
          total_compressed_size: BigInt(bytes.offset - start),
          data_page_offset: BigInt(start),
        },
      };
    },
  };
}

/** @returns its bytes before compression, the header included */
function writePage(bytes: ByteWriter, { body, size, count }: Page): number {
  const start = bytes.offset;
  writePageHeader(bytes, {
    type: 'DATA_PAGE',
    uncompressed_page_size: size,
    compressed_page_size: body.length,
    data_page_header: {
      num_values: count,
      encoding: 'PLAIN',
      definition_level_encoding: 'RLE',
      repetition_level_encoding: 'RLE',
    },
  });
  const headerSize = bytes.offset - start;
  bytes.appendBytes(body);
  return headerSize + size;
}

/** Ends the file. */
export function writeFooter(
  bytes: ByteWriter,
  columns: readonly TableColumn[],
  groups: RowGroup[],
  rows: number,
  facts: object | undefined,
): void {
  const schema: Footer['schema'] = [{ name: 'table', num_children: columns.length }];
  for (const { name, type } of columns) {
    const text = type === 'VARCHAR' ? { converted_type: 'UTF8' as const } : {};
    schema.push({ name, type: PHYSICAL[type], repetition_type: 'REQUIRED', ...text });
  }
  writeMetadata(bytes, {
    version: 2,
    created_by: 'minotaur',
    schema,
    num_rows: BigInt(rows),
    row_groups: groups,
    metadata_length: 0,
    ...(facts === undefined ? {} : { key_value_metadata: [{ key: FACTS_KEY, value: JSON.stringify(facts) }] }),
  });
  bytes.appendUint32(MAGIC);
}
