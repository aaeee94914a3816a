import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parquetMetadata } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { appendFooter, FACTS_KEY, MAGIC, rowGroup, type ChunkFacts } from './parquet-footer.ts';
import type { TableColumn } from './parquet-pages.ts';

const COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'symbol', type: 'VARCHAR' },
  { name: 'close', type: 'DOUBLE' },
  { name: 'ready', type: 'BOOLEAN' },
];
const TYPES = { BIGINT: 'INT64', VARCHAR: 'BYTE_ARRAY', DOUBLE: 'DOUBLE', BOOLEAN: 'BOOLEAN' } as const;

/** Chunks of a group: far into a file, and of any size. */
const chunksOf = (g: number): ChunkFacts[] =>
  COLUMNS.map((_, k) => [4 + 5_000_000_000 * g + 1000 * k, 100_000 + k, 900 + g, (g + k) % 2]);

/** The same by the package that puts all of it into words at once. */
function expected(groups: number, facts: object | undefined): Uint8Array {
  const bytes = new ByteWriter();
  const row_groups = Array.from({ length: groups }, (_, g) => {
    const columns = chunksOf(g).map(([start, uncompressed, compressed, isCompressed], k) => {
      const codec = isCompressed === 1 ? ('ZSTD' as const) : ('UNCOMPRESSED' as const);
      return {
        file_offset: BigInt(start),
        meta_data: {
          type: TYPES[COLUMNS[k].type],
          encodings: ['PLAIN' as const, 'RLE' as const],
          path_in_schema: [COLUMNS[k].name],
          codec,
          num_values: BigInt(10 + g),
          total_uncompressed_size: BigInt(uncompressed),
          total_compressed_size: BigInt(compressed),
          data_page_offset: BigInt(start),
        },
      };
    });
    return { columns, total_byte_size: BigInt(77 * g), num_rows: BigInt(10 + g) };
  });
  writeMetadata(bytes, {
    version: 2,
    created_by: 'minotaur',
    schema: [
      { name: 'table', num_children: COLUMNS.length },
      ...COLUMNS.map(({ name, type }) => ({
        name,
        type: TYPES[type],
        repetition_type: 'REQUIRED' as const,
        ...(type === 'VARCHAR' ? { converted_type: 'UTF8' as const } : {}),
      })),
    ],
    num_rows: row_groups.reduce((sum, group) => sum + group.num_rows, 0n),
    row_groups,
    metadata_length: 0,
    ...(facts === undefined ? {} : { key_value_metadata: [{ key: FACTS_KEY, value: JSON.stringify(facts) }] }),
  });
  bytes.appendUint32(MAGIC);
  return bytes.getBytes();
}

// Of 14 the number of groups stands in one byte with the kind of the list, of 15 behind it, of 130 in two bytes.
for (const groups of [1, 14, 15, 130])
  for (const facts of [undefined, { of: 'a test' }])
    void test(`${groups} row groups, ${facts === undefined ? 'no facts' : 'facts'}: the bytes of hyparquet-writer`, () => {
      const bytes = new ByteWriter();
      const own = Array.from({ length: groups }, (_, g) => rowGroup(10 + g, 77 * g, chunksOf(g)));
      let flushes = 0;
      appendFooter(bytes, { columns: COLUMNS, groups: own, facts }, () => flushes++);
      assert.deepEqual(bytes.getBytes(), expected(groups, facts));
      assert.equal(flushes, groups);
    });

void test('a table without rows has no group', () => {
  const bytes = new ByteWriter();
  appendFooter(bytes, { columns: COLUMNS, groups: [], facts: undefined }, () => undefined);
  const metadata = parquetMetadata(bytes.getBytes().slice().buffer);
  assert.deepEqual([metadata.row_groups, metadata.num_rows, metadata.schema.length], [[], 0n, 5]);
});
