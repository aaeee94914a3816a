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

/** Writes `count` rows of a column in pages of at most `pageRows`; `page` encodes rows [from, to). */
export function writeChunk(
  bytes: ByteWriter,
  { name, type }: TableColumn,
  count: number,
  pageRows: number,
  page: (from: number, to: number) => Uint8Array,
): Chunk {
  const start = bytes.offset;
  let uncompressed = 0;
  for (let from = 0; from < count; from += pageRows) {
    const to = Math.min(count, from + pageRows);
    uncompressed += writePage(bytes, page(from, to), to - from);
  }
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: PHYSICAL[type],
      encodings: ['PLAIN', 'RLE'],
      path_in_schema: [name],
      codec: 'ZSTD',
      num_values: BigInt(count),
      total_uncompressed_size: BigInt(uncompressed),
      total_compressed_size: BigInt(bytes.offset - start),
      data_page_offset: BigInt(start),
    },
  };
}

/** @returns its bytes before compression, the header included */
function writePage(bytes: ByteWriter, page: Uint8Array, count: number): number {
  const start = bytes.offset;
  const body = zstdCompressSync(page, ZSTD);
  writePageHeader(bytes, {
    type: 'DATA_PAGE',
    uncompressed_page_size: page.length,
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
  return headerSize + page.length;
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
